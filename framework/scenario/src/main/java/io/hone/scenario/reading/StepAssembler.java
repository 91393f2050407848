package io.hone.scenario.reading;

import io.hone.scenario.Goal;
import io.hone.scenario.Step;
import io.hone.scenario.document.Grid;
import io.hone.scenario.document.StepSection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Joins planned entries with the sections that were bound for them. */
final class StepAssembler {
  /**
   * What was bound at one point of the matrix.
   *
   * @param goal of the whole scenario
   */
  record Sections(Goal goal, List<StepSection> steps) {}

  private final Function<Map<Axis, Axis.Value>, Optional<Sections>> sections;
  private final Map<String, Goal> goals = new HashMap<>();

  /**
   * Creates an assembler.
   *
   * @param sections bound at a point; empty if something is wrong there
   */
  StepAssembler(Function<Map<Axis, Axis.Value>, Optional<Sections>> sections) {
    this.sections = sections;
  }

  /** Returns the steps; those with something wrong are left out. */
  List<Step> assemble(List<PlannedEntry> entries) {
    List<Step> steps = new ArrayList<>();
    for (PlannedEntry entry : entries) {
      sections.apply(entry.point()).map(bound -> step(entry, bound)).ifPresent(steps::add);
    }
    return List.copyOf(steps);
  }

  private Step step(PlannedEntry entry, Sections bound) {
    StepSection section =
        bound.steps().stream()
            .filter(candidate -> candidate.id().equals(entry.step().id()))
            .findFirst()
            .orElseThrow();
    // Whatever works on an attack's images pursues that attack's goal.
    Goal goal = Optional.ofNullable(goals.get(entry.of())).or(section::goal).orElseGet(bound::goal);
    goals.put(entry.name(), goal);
    return new Step(
        entry.name(),
        entry.step().id(),
        entry.of(),
        variant(entry),
        section.action(),
        goal,
        section.queries().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        section.grid() == Grid.EIGHT_BIT,
        section.samples() == StepSection.Samples.ALL);
  }

  private static Map<String, Object> variant(PlannedEntry entry) {
    Map<String, Object> variant = new LinkedHashMap<>();
    entry.point().forEach((axis, value) -> variant.put(axis.label(), value.node().plain()));
    return Collections.unmodifiableMap(variant);
  }
}
