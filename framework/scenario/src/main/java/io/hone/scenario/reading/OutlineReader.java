package io.hone.scenario.reading;

import io.hone.api.metric.StepKind;
import io.hone.scenario.Step;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.diagnostics.Spelling;
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
  /** Keys for later work: refused by name, so that nobody takes them for a slip. */
  static final List<String> NOT_YET_BUILT = List.of("combine", "evaluate");

  /** Ids become names of files, also where upper and lower case are one. */
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private static final Map<String, StepKind> ACTIONS = actions();

  private static final Map<String, Set<StepKind>> KEYS_OF_SOME =
      Map.of(
          "goal", Set.of(StepKind.ATTACK),
          "samples", Set.of(StepKind.ATTACK),
          "queries", Set.of(StepKind.ATTACK, StepKind.IMPROVE),
          "grid", Set.of(StepKind.ATTACK, StepKind.IMPROVE));

  private static final Set<String> MEANT_IF_WRITTEN =
      Set.of("attack", "improve", "defend", "of", "goal", "queries");

  private final Diagnostics diagnostics;
  private final Map<String, StepOutline> before = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private Optional<String> previous = Optional.empty();
  private boolean isFirst = true;

  OutlineReader(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  private static Map<String, StepKind> actions() {
    Map<String, StepKind> actions = new LinkedHashMap<>();
    actions.put("attack", StepKind.ATTACK);
    actions.put("improve", StepKind.IMPROVE);
    actions.put("defend", StepKind.DEFEND);
    return actions;
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

  /** Returns a list of steps without the keys that this reader refuses itself. */
  static YamlNode withoutReserved(YamlNode steps) {
    if (!(steps instanceof YamlSequence sequence)) {
      return steps;
    }
    List<YamlNode> items =
        sequence.items().stream()
            .map(item -> item instanceof YamlMapping step ? step.without(NOT_YET_BUILT) : item)
            .toList();
    return new YamlSequence(sequence.place(), items);
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
    Optional<StepKind> kind = kind(step);
    kind.ifPresent(known -> refuseForeignKeys(step, known));
    String name = id.map(YamlScalar::text).orElse("");
    Optional<List<String>> of = kind.flatMap(known -> received(step, name, known));
    isFirst = false;
    previous = id.map(YamlScalar::text);
    if (id.isEmpty()) {
      return;
    }
    if (kind.isPresent() && of.isPresent()) {
      boolean listed = step.get("of").orElse(null) instanceof YamlSequence;
      before.putIfAbsent(
          name, new StepOutline(name, kind.get(), step, id.get().place(), of.get(), listed));
    } else {
      unreadable.add(name);
    }
  }

  /** To the binder an optional key without a value is not there, but whoever wrote it meant it. */
  private void refuseEmpty(YamlMapping step) {
    for (YamlMapping.Entry entry : step.entries()) {
      if (MEANT_IF_WRITTEN.contains(entry.name())
          && entry.value() instanceof YamlScalar scalar
          && scalar.value() == null) {
        diagnostics.add(
            entry.value().place(),
            "'" + entry.name() + "' has no value",
            "write one, or remove the key");
      }
    }
  }

  private Optional<StepKind> kind(YamlMapping step) {
    List<YamlMapping.Entry> reserved =
        step.entries().stream().filter(entry -> NOT_YET_BUILT.contains(entry.name())).toList();
    reserved.forEach(
        entry ->
            diagnostics.add(
                entry.key().place(),
                "'" + entry.name() + "' is not yet built",
                "built so far: " + String.join(", ", ACTIONS.keySet())));
    List<YamlMapping.Entry> actions =
        step.entries().stream().filter(entry -> ACTIONS.containsKey(entry.name())).toList();
    if (actions.size() > 1) {
      diagnostics.add(
          actions.get(1).key().place(),
          "a step does one thing, but this one has '"
              + actions.get(0).name()
              + "' and '"
              + actions.get(1).name()
              + "'",
          "write a step for each");
      return Optional.empty();
    }
    if (actions.isEmpty() && reserved.isEmpty()) {
      diagnostics.add(
          step.place(),
          "this step does nothing",
          "it needs one of " + String.join(", ", ACTIONS.keySet()));
    }
    return actions.stream().map(action -> ACTIONS.get(action.name())).findFirst();
  }

  private void refuseForeignKeys(YamlMapping step, StepKind kind) {
    for (YamlMapping.Entry entry : step.entries()) {
      Set<StepKind> owners = KEYS_OF_SOME.get(entry.name());
      if (owners != null && !owners.contains(kind)) {
        String kinds = owners.contains(StepKind.IMPROVE) ? "an attack or improver" : "an attack";
        diagnostics.add(
            entry.key().place(),
            "'" + entry.name() + "' belongs to " + kinds,
            entry.name().equals("goal")
                ? "other steps have the goal of the attack that they receive from"
                : "remove it");
      }
    }
  }

  private Optional<List<String>> received(YamlMapping step, String id, StepKind kind) {
    Optional<YamlNode> written = step.get("of");
    if (written.isEmpty()) {
      return byDefault(step, kind);
    }
    List<YamlNode> names =
        written.get() instanceof YamlSequence sequence ? sequence.items() : List.of(written.get());
    List<String> sound = new ArrayList<>();
    for (YamlNode name : names) {
      if (name instanceof YamlScalar scalar
          && scalar.value() instanceof String
          && accepts(scalar, id, kind, sound)) {
        sound.add(scalar.text());
      }
    }
    // What is no name was not counted here, and the binder tells of it.
    return !sound.isEmpty() && sound.size() == names.size() ? Optional.of(sound) : Optional.empty();
  }

  private Optional<List<String>> byDefault(YamlMapping step, StepKind kind) {
    if (kind == StepKind.ATTACK) {
      return Optional.of(List.of(Step.CLEAN));
    }
    if (previous.filter(before::containsKey).isPresent()) {
      StepOutline source = before.get(previous.get());
      if (kind == StepKind.IMPROVE && source.kind() == StepKind.DEFEND) {
        diagnostics.add(
            step.place(),
            "an improver accepts attacks and improvers, but the step before is the defense '"
                + source.id()
                + "'",
            "say with 'of' what this step receives");
        return Optional.empty();
      }
      return Optional.of(List.of(source.id()));
    }
    if (isFirst && kind == StepKind.DEFEND) {
      return Optional.of(List.of(Step.CLEAN));
    }
    if (isFirst) {
      diagnostics.add(
          step.place(),
          "an improver needs the result of an attack, but there is no step before it",
          "say with 'of' what this step receives");
    }
    return Optional.empty();
  }

  private boolean accepts(YamlScalar of, String id, StepKind kind, List<String> already) {
    String name = of.text();
    if (already.contains(name)) {
      return refuse(of, "'" + name + "' is named twice");
    }
    if (name.equals(Step.CLEAN)) {
      return kind != StepKind.IMPROVE
          || refuse(of, "an improver accepts attacks and improvers, not the clean images");
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
    if (kind == StepKind.ATTACK) {
      return refuse(of, "an attack starts from the clean images, not from '" + name + "'");
    }
    return kind != StepKind.IMPROVE
        || source.kind() != StepKind.DEFEND
        || refuse(of, "an improver accepts attacks and improvers, but '" + name + "' is a defense");
  }

  private boolean refuse(YamlScalar of, String message) {
    List<String> known = new ArrayList<>(List.of(Step.CLEAN));
    known.addAll(before.keySet());
    diagnostics.add(of.place(), message, "the steps before this one: " + String.join(", ", known));
    return false;
  }
}
