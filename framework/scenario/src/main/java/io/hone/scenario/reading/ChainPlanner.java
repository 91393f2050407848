package io.hone.scenario.reading;

import io.hone.host.component.Article;
import io.hone.scenario.Step;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.document.StepGrammars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Expands steps, {@code of} and the matrix into results.
 *
 * <p>An entry is named by its step's id; with {@code @} and what it received where {@code of} is a
 * list here or further up the chain ({@code finish@greedy@fgsm}); and with the axes that it or
 * anything up the chain depends on ({@code finish[threshold=0.96]}). A step that depends on no axis
 * runs once. A matrix over the model makes all of them depend on it, the clean images too. A step
 * that joins what it receives has one entry, whatever the branches of that are.
 */
final class ChainPlanner {
  private static final int MOST_ENTRIES = 1000;

  private final StepGrammars grammars;
  private final List<Axis> axes;
  private final Diagnostics diagnostics;
  private final Map<String, List<PlannedResult>> planned = new LinkedHashMap<>();

  ChainPlanner(StepGrammars grammars, List<Axis> axes, Diagnostics diagnostics) {
    this.grammars = grammars;
    this.axes = axes;
    this.diagnostics = diagnostics;
  }

  /** Returns the results, each after those that it receives. */
  Plan plan(List<StepOutline> steps) {
    List<PlannedResult> clean =
        points(axis -> axis.variesModel() ? axis.values() : List.of()).stream()
            .map(point -> PlannedResult.clean(Step.CLEAN, point))
            .toList();
    planned.put(Step.CLEAN, clean);
    List<PlannedEntry> all = new ArrayList<>();
    for (StepOutline step : steps) {
      List<PlannedEntry> entries = step.joins() ? joined(step) : branched(step);
      all.addAll(entries);
      if (all.size() > MOST_ENTRIES) {
        diagnostics.add(
            step.place(), "with this step there are more than " + MOST_ENTRIES + " results");
        return new Plan(clean, List.of());
      }
      planned.put(step.id(), entries.stream().map(PlannedEntry::result).toList());
    }
    for (Axis axis : axes) {
      if (!axis.variesModel() && all.stream().noneMatch(entry -> entry.point().containsKey(axis))) {
        diagnostics.add(axis.place(), "no step depends on this axis");
      }
    }
    return new Plan(clean, List.copyOf(all));
  }

  private List<PlannedResult> results(String step) {
    return Objects.requireNonNull(planned.get(step));
  }

  private List<PlannedEntry> branched(StepOutline step) {
    List<PlannedEntry> entries = new ArrayList<>();
    for (String of : step.of()) {
      for (PlannedResult source : results(of)) {
        boolean branched = step.listed() || source.base().contains("@");
        String base = branched ? step.id() + "@" + source.base() : step.id();
        for (Map<Axis, Axis.Value> point : points(axis -> choices(axis, step, source.point()))) {
          entries.add(
              new PlannedEntry(
                  PlannedResult.of(base, point, source.clean()), step, List.of(source)));
        }
      }
    }
    return entries;
  }

  /** Returns one entry for each point of the axes that anything it receives depends on. */
  private List<PlannedEntry> joined(StepOutline step) {
    List<PlannedResult> sources = step.of().stream().flatMap(of -> results(of).stream()).toList();
    List<PlannedEntry> entries = new ArrayList<>();
    List<Map<Axis, Axis.Value>> points =
        points(
            axis ->
                dependsOn(step, axis)
                        || sources.stream().anyMatch(source -> source.point().containsKey(axis))
                    ? axis.values()
                    : List.of());
    for (Map<Axis, Axis.Value> point : points) {
      List<PlannedResult> of =
          sources.stream()
              .filter(source -> point.entrySet().containsAll(source.point().entrySet()))
              .toList();
      PlannedResult result = PlannedResult.of(step.id(), point, of.get(0).clean());
      entries.add(new PlannedEntry(result, step, of));
    }
    if (entries.stream().anyMatch(entry -> entry.of().size() < 2)) {
      diagnostics.add(
          step.receivedPlace(),
          Article.with(step.grammar().noun())
              + " needs at least two results, but '"
              + String.join(", ", step.of())
              + "' has one",
          "name more steps in '" + step.grammar().reception().key() + "'");
    }
    return entries;
  }

  private List<Map<Axis, Axis.Value>> points(Function<Axis, List<Axis.Value>> choices) {
    return Axis.points(axes, choices);
  }

  private List<Axis.Value> choices(Axis axis, StepOutline step, Map<Axis, Axis.Value> inherited) {
    if (inherited.containsKey(axis)) {
      return List.of(inherited.get(axis));
    }
    return dependsOn(step, axis) ? axis.values() : List.of();
  }

  private boolean dependsOn(StepOutline step, Axis axis) {
    if (!axis.variesGoal()) {
      // What varies the model comes with the images that a step starts from.
      return axis.varies(step.id());
    }
    boolean ownGoal =
        step.node().has(StepAxisRule.GOAL)
            || axes.stream()
                .anyMatch(
                    other ->
                        other.varies(step.id())
                            && other.path().segments().get(2).equals(StepAxisRule.GOAL));
    return grammars.keys(step.grammar()).contains(StepAxisRule.GOAL) && !ownGoal;
  }
}
