package io.hone.scenario.reading;

import io.hone.host.component.Article;
import io.hone.scenario.CheckChoice;
import io.hone.scenario.Reception;
import io.hone.scenario.Step;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.document.StepGrammars;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlScalar;
import io.hone.scenario.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how the steps hang together and refuses chains that mean nothing. */
final class OutlineReader {
  /** Ids become names of files, also where upper and lower case are one. */
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private static final String SAY_WITH_OF = "say with 'of' what this step receives";

  private final StepGrammars grammars;
  private final Diagnostics diagnostics;
  private final Map<String, StepOutline> before = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private Optional<String> previous = Optional.empty();
  private boolean isFirst = true;

  OutlineReader(StepGrammars grammars, Diagnostics diagnostics) {
    this.grammars = grammars;
    this.diagnostics = diagnostics;
  }

  /** Returns the steps that make sense, in their order; what is no list is the binder's to tell. */
  List<StepOutline> read(Optional<YamlNode> steps) {
    if (!(steps.orElse(null) instanceof YamlSequence sequence)) {
      return List.of();
    }
    List<YamlMapping> mappings = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlMapping mapping) {
        mappings.add(mapping);
        id(mapping).ifPresent(id -> checkId(id));
      }
    }
    mappings.forEach(this::read);
    return List.copyOf(before.values());
  }

  /** Returns the ids of all steps, also of those that make no sense. */
  Set<String> ids() {
    return places.keySet();
  }

  private static Optional<YamlScalar> id(YamlMapping step) {
    return step.get("id").orElse(null) instanceof YamlScalar scalar
            && scalar.value() instanceof String
        ? Optional.of(scalar)
        : Optional.empty();
  }

  /** The arrays of a run that belong to no step. */
  private static final Set<String> TAKEN = Set.of("samples", "labels");

  private void checkId(YamlScalar id) {
    Place first = places.putIfAbsent(id.text(), id.place());
    if (id.text().equals(Step.CLEAN)) {
      diagnostics.add(
          id.place(),
          "'clean' is the reserved step of the data set's own images; choose another id");
    } else if (id.text().equals(CheckChoice.ENTRY)) {
      diagnostics.add(
          id.place(),
          "'checks' is the reserved name of what the self-checks found; choose another id");
    } else if (TAKEN.contains(id.text())) {
      diagnostics.add(
          id.place(),
          "'" + id.text() + "' is the name of a file beside the steps' arrays; choose another id");
    } else if (first != null) {
      diagnostics.add(
          id.place(),
          "the id '" + id.text() + "' is given twice",
          "it is first given at line " + first.line());
    } else if (!ID.matcher(id.text()).matches()) {
      diagnostics.add(
          id.place(),
          "an id cannot be '" + id.text() + "'",
          "ids are up to 64 lower case letters, digits, hyphens and underscores, a letter or digit"
              + " first");
    }
  }

  private void read(YamlMapping step) {
    Optional<YamlScalar> id = id(step);
    refuseEmpty(step);
    Optional<StepGrammar<?>> grammar = grammar(step);
    grammar.ifPresent(known -> refuseForeignKeys(step, known));
    String name = id.map(YamlScalar::text).orElse("");
    Optional<List<String>> of = grammar.flatMap(known -> received(step, name, known));
    isFirst = false;
    previous = id.map(YamlScalar::text);
    if (id.isEmpty()) {
      return;
    }
    if (grammar.isPresent() && of.isPresent()) {
      boolean listed = step.get(Reception.OF).orElse(null) instanceof YamlSequence;
      before.putIfAbsent(
          name, new StepOutline(name, grammar.get(), step, id.get().place(), of.get(), listed));
    } else {
      unreadable.add(name);
    }
  }

  /** To the binder an optional key without a value is not there, but whoever wrote it meant it. */
  private void refuseEmpty(YamlMapping step) {
    for (YamlMapping.Entry entry : step.entries()) {
      if (grammars.needsValue(entry.name())
          && entry.value() instanceof YamlScalar scalar
          && scalar.value() == null) {
        diagnostics.add(
            entry.value().place(),
            "'" + entry.name() + "' has no value",
            "write one, or remove the key");
      }
    }
  }

  private Optional<StepGrammar<?>> grammar(YamlMapping step) {
    List<YamlMapping.Entry> kinds =
        step.entries().stream().filter(entry -> grammars.find(entry.name()).isPresent()).toList();
    if (kinds.size() > 1) {
      diagnostics.add(
          kinds.get(1).key().place(),
          "a step does one thing, but this one has '"
              + kinds.get(0).name()
              + "' and '"
              + kinds.get(1).name()
              + "'",
          "write a step for each");
      return Optional.empty();
    }
    if (kinds.isEmpty()) {
      diagnostics.add(
          step.place(),
          "this step does nothing",
          "it needs one of " + String.join(", ", grammars.kinds()));
    }
    return kinds.stream().findFirst().flatMap(kind -> grammars.find(kind.name()));
  }

  private void refuseForeignKeys(YamlMapping step, StepGrammar<?> grammar) {
    for (YamlMapping.Entry entry : step.entries()) {
      if (grammars.has(grammar, entry.name())) {
        continue;
      }
      String key = grammar.reception().key();
      if (entry.name().equals(Reception.OF)) {
        diagnostics.add(
            entry.key().place(),
            an(grammar) + " receives what '" + key + "' names",
            "remove 'of', and name the steps in '" + key + "'");
      } else {
        diagnostics.add(
            entry.key().place(),
            "'" + entry.name() + "' belongs to " + grammars.owners(entry.name()),
            entry.name().equals(StepAxisRule.GOAL)
                ? "other steps have the goal of the attack that they receive from"
                : "remove it");
      }
    }
  }

  private static String an(StepGrammar<?> grammar) {
    return Article.with(grammar.noun());
  }

  private Optional<List<String>> received(YamlMapping step, String id, StepGrammar<?> grammar) {
    Optional<YamlNode> written = step.get(grammar.reception().key());
    if (written.isEmpty()) {
      return byDefault(step, grammar);
    }
    List<YamlNode> names =
        written.get() instanceof YamlSequence sequence ? sequence.items() : List.of(written.get());
    List<String> sound = new ArrayList<>();
    for (YamlNode name : names) {
      if (name instanceof YamlScalar scalar
          && scalar.value() instanceof String
          && accepts(scalar, id, grammar, sound)) {
        sound.add(scalar.text());
      }
    }
    // What is no name was not counted here, and the binder tells of it.
    return !sound.isEmpty() && sound.size() == names.size() ? Optional.of(sound) : Optional.empty();
  }

  private Optional<List<String>> byDefault(YamlMapping step, StepGrammar<?> grammar) {
    Reception reception = grammar.reception();
    if (reception.byDefault() == Reception.Default.CLEAN) {
      return Optional.of(List.of(Step.CLEAN));
    }
    Optional<StepOutline> last = previous.map(before::get);
    if (last.isPresent()) {
      StepOutline source = last.get();
      if (!reception.steps().test(source.kind())) {
        diagnostics.add(
            step.place(),
            an(grammar)
                + " accepts "
                + grammars.all(reception.steps())
                + ", but the step before is the "
                + source.grammar().noun()
                + " '"
                + source.id()
                + "'",
            SAY_WITH_OF);
        return Optional.empty();
      }
      return Optional.of(List.of(source.id()));
    }
    if (isFirst && reception.clean()) {
      return Optional.of(List.of(Step.CLEAN));
    }
    if (isFirst) {
      diagnostics.add(
          step.place(),
          an(grammar) + " needs the result of an attack, but there is no step before it",
          SAY_WITH_OF);
    }
    return Optional.empty();
  }

  private boolean accepts(YamlScalar of, String id, StepGrammar<?> grammar, List<String> already) {
    String name = of.text();
    Reception reception = grammar.reception();
    if (already.contains(name)) {
      return refuse(of, "'" + name + "' is named twice");
    }
    String accepted = an(grammar) + " accepts " + grammars.all(reception.steps());
    if (name.equals(Step.CLEAN)) {
      return reception.clean() || refuse(of, accepted + ", not the clean images");
    }
    if (name.equals(id)) {
      return refuse(of, "'" + name + "' cannot receive its own result");
    }
    if (unreadable.contains(name)) {
      return false;
    }
    StepOutline source = before.get(name);
    if (source == null) {
      return places.containsKey(name)
          ? refuse(of, "'" + name + "' comes after this step; a step receives what comes before it")
          : refuse(
              of, "there is no step '" + name + "'" + Spelling.didYouMean(name, places.keySet()));
    }
    if (reception.byDefault() == Reception.Default.CLEAN) {
      return refuse(of, an(grammar) + " starts from the clean images, not from '" + name + "'");
    }
    return reception.steps().test(source.kind())
        || refuse(of, accepted + ", but '" + name + "' is " + an(source.grammar()));
  }

  private boolean refuse(YamlScalar of, String message) {
    List<String> known = new ArrayList<>(List.of(Step.CLEAN));
    known.addAll(before.keySet());
    diagnostics.add(of.place(), message, "the steps before this one: " + String.join(", ", known));
    return false;
  }
}
