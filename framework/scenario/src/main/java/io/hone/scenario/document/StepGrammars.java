package io.hone.scenario.document;

import io.hone.api.metric.StepKind;
import io.hone.host.component.Article;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.binding.RecordShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The kinds of steps that scenarios may have, and what is known of their keys together. */
public final class StepGrammars {
  /** What a step is called while it is read. */
  static final String OWNER = "each of 'steps'";

  private static final String ID = "id";

  /** The text of a default that leaves an optional key out. */
  private static final String NONE = "null";

  private final Map<String, StepGrammar<?>> byKey = new LinkedHashMap<>();
  private final Map<String, RecordShape<?>> shapes = new LinkedHashMap<>();
  private final Map<String, ParameterDescriptor> parameters = new LinkedHashMap<>();

  /** Creates the kinds, in the order in which messages name them. */
  public StepGrammars(List<? extends StepGrammar<?>> grammars) {
    for (StepGrammar<?> grammar : grammars) {
      byKey.put(grammar.kind().name(), grammar);
      shapes.put(grammar.kind().name(), RecordShape.ofSection(grammar.section(), OWNER));
    }
    collect(ID::equals);
    collect(byKey::containsKey);
    collect(key -> true);
  }

  private void collect(Predicate<String> wanted) {
    shapes.values().stream()
        .flatMap(shape -> shape.parameters().stream())
        .filter(parameter -> wanted.test(parameter.name()))
        .forEach(parameter -> parameters.putIfAbsent(parameter.name(), parameter));
  }

  /** Returns the keys that tell the kind of a step. */
  public List<String> kinds() {
    return List.copyOf(byKey.keySet());
  }

  /** Returns the kind of step that a key tells. */
  public Optional<StepGrammar<?>> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Returns every key that some kind of step has, each once. */
  List<ParameterDescriptor> parameters() {
    return List.copyOf(parameters.values());
  }

  /** Returns the records of the keys, one per kind. */
  List<Class<? extends Record>> sections() {
    List<Class<? extends Record>> sections = new ArrayList<>();
    byKey.values().forEach(grammar -> sections.add(grammar.section()));
    return sections;
  }

  /** Returns whether whoever writes a key without a value forgot the value. */
  public boolean needsValue(String key) {
    ParameterDescriptor parameter = parameters.get(key);
    return parameter != null && !key.equals(ID) && parameter.def().map(NONE::equals).orElse(true);
  }

  /** Returns whether a key names what steps of some kind receive. */
  public boolean namesReceived(String key) {
    return byKey.values().stream().anyMatch(grammar -> grammar.reception().key().equals(key));
  }

  /** Returns whether a kind of step has a key that some kind has; true for keys of no kind. */
  public boolean has(StepGrammar<?> grammar, String key) {
    return !parameters.containsKey(key) || keys(grammar).contains(key);
  }

  /** Returns the keys that a kind of step has. */
  public List<String> keys(StepGrammar<?> grammar) {
    return Objects.requireNonNull(shapes.get(grammar.kind().name())).keys();
  }

  /** Returns the kinds of steps that have a key, in words: {@code an attack or improver}. */
  public String owners(String key) {
    List<String> nouns =
        byKey.values().stream()
            .filter(grammar -> keys(grammar).contains(key))
            .map(StepGrammar::noun)
            .toList();
    return Article.with(listed(nouns, "or"));
  }

  /** Returns the kinds of steps that are meant, in words: {@code attacks and improvers}. */
  public String all(Predicate<StepKind> meant) {
    List<String> nouns =
        byKey.values().stream()
            .filter(grammar -> meant.test(grammar.kind()))
            .map(grammar -> grammar.noun() + "s")
            .toList();
    return listed(nouns, "and");
  }

  private static String listed(List<String> words, String last) {
    int end = words.size() - 1;
    return end < 1
        ? String.join("", words)
        : words.subList(0, end).stream().collect(Collectors.joining(", "))
            + " "
            + last
            + " "
            + words.get(end);
  }

  /** Returns the keys of a step that belong to other kinds. */
  Set<String> foreign(StepGrammar<?> grammar) {
    Set<String> foreign = new LinkedHashSet<>(parameters.keySet());
    keys(grammar).forEach(foreign::remove);
    return foreign;
  }
}
