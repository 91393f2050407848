package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.Goal;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlScalar;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads goals: {@code untargeted}, or {@code {targeted: T}}. */
final class GoalSyntax implements ValueSyntax {
  static final String UNTARGETED = "untargeted";
  static final String TARGETED = "targeted";

  /** The targets that are named by a word. */
  static final Map<String, Goal> WORDS = words();

  private static final String FORMS =
      "a goal is untargeted, or {targeted: T} with T a class such as 4, next-best, least-likely,"
          + " random, or a target for each label such as {9: 4}";

  private static Map<String, Goal> words() {
    Map<String, Goal> words = new LinkedHashMap<>();
    words.put("next-best", new Goal.NextBest());
    words.put("least-likely", new Goal.LeastLikely());
    words.put("random", new Goal.Random());
    return Collections.unmodifiableMap(words);
  }

  @Override
  public Class<?> type() {
    return Goal.class;
  }

  @Override
  public Optional<Bound<Goal>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    Diagnostics diagnostics = binder.diagnostics();
    if (UNTARGETED.equals(node.plain())) {
      return Optional.of(new Bound<>(new Goal.Untargeted(), UNTARGETED));
    }
    if (node instanceof YamlMapping mapping
        && mapping.entries().size() == 1
        && mapping.has(TARGETED)) {
      YamlNode target = mapping.get(TARGETED).orElseThrow();
      return target(target, diagnostics)
          .map(goal -> new Bound<>(goal, Map.of(TARGETED, target.plain())));
    }
    String guess =
        node.plain() instanceof String word
            ? Spelling.didYouMean(word, List.of(UNTARGETED, TARGETED))
            : "";
    diagnostics.add(node.place(), "this is no goal" + guess, FORMS);
    return Optional.empty();
  }

  private static Optional<Goal> target(YamlNode node, Diagnostics diagnostics) {
    if (node instanceof YamlMapping mapping) {
      return mapping(mapping, diagnostics);
    }
    if (node.plain() instanceof Integer target && target >= 0) {
      return Optional.of(new Goal.Fixed(target));
    }
    if (node.plain() instanceof String word && WORDS.containsKey(word)) {
      return Optional.of(WORDS.get(word));
    }
    String guess =
        node.plain() instanceof String word ? Spelling.didYouMean(word, WORDS.keySet()) : "";
    diagnostics.add(node.place(), "a target cannot be " + node.describe() + guess, FORMS);
    return Optional.empty();
  }

  private static Optional<Goal> mapping(YamlMapping mapping, Diagnostics diagnostics) {
    Map<Integer, Integer> targets = new LinkedHashMap<>();
    boolean sound = !mapping.entries().isEmpty();
    if (!sound) {
      diagnostics.add(mapping.place(), "no label has a target here", FORMS);
    }
    for (YamlMapping.Entry entry : mapping.entries()) {
      Optional<Integer> label = classIndex(entry.key(), "a label", diagnostics);
      Optional<Integer> target = classIndex(entry.value(), "a target", diagnostics);
      if (label.isPresent() && label.equals(target)) {
        diagnostics.add(
            entry.value().place(), "the target of label " + label.get() + " is the label itself");
        sound = false;
      } else if (label.isEmpty() || target.isEmpty()) {
        sound = false;
      } else {
        targets.put(label.get(), target.get());
      }
    }
    return sound ? Optional.of(new Goal.Mapping(targets)) : Optional.empty();
  }

  private static Optional<Integer> classIndex(YamlNode node, String what, Diagnostics diagnostics) {
    if (node instanceof YamlScalar scalar
        && scalar.value() instanceof Integer index
        && index >= 0) {
      return Optional.of(index);
    }
    diagnostics.add(
        node.place(), what + " must be a class, a whole number from 0, not " + node.describe());
    return Optional.empty();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode classIndex = parts.node().put("type", "integer").put("minimum", 0);
    ObjectNode words = parts.node();
    WORDS.keySet().forEach(words.withArray("enum")::add);
    ObjectNode mapping = parts.node().put("type", "object").put("minProperties", 1);
    mapping.putObject("propertyNames").put("pattern", "^[0-9]+$");
    mapping.set("additionalProperties", classIndex);

    ObjectNode targeted = parts.node().put("type", "object").put("additionalProperties", false);
    targeted
        .putObject("properties")
        .putObject(TARGETED)
        .withArray("anyOf")
        .add(classIndex)
        .add(words)
        .add(mapping);
    targeted.withArray("required").add(TARGETED);
    ObjectNode schema = parts.node();
    schema.withArray("anyOf").add(parts.node().put("const", UNTARGETED)).add(targeted);
    return schema;
  }
}
