package io.hone.scenario.reading;

import io.hone.scenario.Goal;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.Step;
import io.hone.scenario.StepContent;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.document.StepSection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Joins planned entries with the sections that were bound for them. */
final class StepAssembler {
  /**
   * What was bound at one point of the matrix.
   *
   * @param goal of the whole scenario
   * @param places where things are at this point
   */
  record Sections(Goal goal, List<StepSection> steps, ScenarioPlaces places) {}

  private final Function<Map<Axis, Axis.Value>, Optional<Sections>> sections;
  private final Diagnostics diagnostics;
  private final Map<String, Step> assembled = new LinkedHashMap<>();

  /**
   * Creates an assembler.
   *
   * @param sections bound at a point; empty if something is wrong there
   * @param diagnostics takes in what is wrong with a step as part of its chain
   */
  StepAssembler(
      Function<Map<Axis, Axis.Value>, Optional<Sections>> sections, Diagnostics diagnostics) {
    this.sections = sections;
    this.diagnostics = diagnostics;
  }

  /** Returns the steps; those with something wrong are left out. */
  List<Step> assemble(List<PlannedEntry> entries) {
    for (PlannedEntry entry : entries) {
      sections
          .apply(entry.point())
          .map(bound -> step(entry, bound))
          .ifPresent(step -> assembled.put(step.name(), step));
    }
    return List.copyOf(assembled.values());
  }

  private Step step(PlannedEntry entry, Sections bound) {
    StepContent<?> content =
        bound.steps().stream()
            .filter(candidate -> candidate.id().equals(entry.step().id()))
            .map(StepSection::content)
            .findFirst()
            .orElseThrow();
    List<Step> received =
        entry.of().stream()
            .map(source -> assembled.get(source.name()))
            .filter(Objects::nonNull)
            .toList();
    // Whatever works on an attack's images pursues that attack's goal.
    Goal goal =
        received.stream().map(Step::goal).findFirst().or(content::goal).orElseGet(bound::goal);
    received.stream()
        .filter(source -> !source.goal().equals(goal))
        .findFirst()
        .ifPresent(
            source ->
                refuse(
                    entry,
                    "'"
                        + received.get(0).name()
                        + "' and '"
                        + source.name()
                        + "' want different things, so their examples cannot be joined",
                    "give both the same goal, or join them apart"));
    content.problem(received).ifPresent(problem -> refuse(entry, problem));
    return new Step(
        entry.name(),
        entry.step().id(),
        entry.result().clean(),
        received,
        variant(entry.point()),
        content,
        goal,
        entry.sweep(),
        bound.places());
  }

  private void refuse(PlannedEntry entry, String problem, String... notes) {
    diagnostics.add(entry.step().receivedPlace(), problem, notes);
  }

  /** Returns a point of the matrix as plain values, by the labels of the axes. */
  static Map<String, Object> variant(Map<Axis, Axis.Value> point) {
    Map<String, Object> variant = new LinkedHashMap<>();
    point.forEach((axis, value) -> variant.put(axis.label(), value.node().plain()));
    return Collections.unmodifiableMap(variant);
  }
}
