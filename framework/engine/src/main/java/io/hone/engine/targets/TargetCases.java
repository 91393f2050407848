package io.hone.engine.targets;

import io.hone.engine.measure.StepFold;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.Received;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.TargetSummary;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.TypedStep;
import io.hone.scenario.Step;
import io.hone.scenario.TargetSweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what a step comes to over every target as summaries of three cases. */
public final class TargetCases {
  private final SweptResults swept;
  private final SweepFold fold;
  private final List<String> classNames;

  /**
   * Creates the cases of a finished fold.
   *
   * @param classNames in the order of the classes, or empty
   */
  public TargetCases(SweepFold fold, List<String> classNames) {
    this.swept = fold.swept();
    this.fold = fold;
    this.classNames = classNames;
  }

  /**
   * Returns the summary.
   *
   * @param entries summaries of all results; what speaks against the results of one target speaks
   *     against the cases
   */
  public TargetSummary summary(List<StepSummary> entries) {
    List<String> names = swept.steps().stream().map(Step::name).toList();
    List<Distrust> doubts =
        entries.stream()
            .filter(entry -> names.contains(entry.name()))
            .flatMap(entry -> entry.trust().stream())
            .collect(
                Collectors.toMap(
                    Distrust::code, flag -> flag, (first, same) -> first, LinkedHashMap::new))
            .values()
            .stream()
            .toList();
    TargetSweep sweep = swept.sweep();
    return new TargetSummary(
        sweep.name(),
        swept.distance().word(),
        names,
        of(sweep.best(), TargetSweep.BEST, fold.best(), doubts)
            .with(fold.best().statistics(classNames)),
        // Pairs of one sample are no independent draws, so intervals would be too narrow.
        of(sweep.average(), TargetSweep.AVERAGE, fold.average(), doubts),
        of(sweep.worst(), TargetSweep.WORST, fold.worst(), doubts)
            .with(fold.worst().statistics(classNames)));
  }

  private StepSummary of(String name, String value, StepFold chosen, List<Distrust> doubts) {
    Step step = swept.steps().get(0);
    StepLabel label = TypedStep.of(step).label();
    Map<String, Object> variant = new LinkedHashMap<>(step.variant());
    variant.put(swept.sweep().axis(), value);
    return new StepSummary(
        name,
        step.id(),
        received(step),
        step.kind().name(),
        label.use(),
        label.norm(),
        label.radius(),
        variant,
        chosen.samples(),
        chosen.attempted(),
        chosen.skipped(),
        chosen.reasons(),
        doubts,
        chosen.figures().toMap());
  }

  /** Returns the names of what the results received, without their targets. */
  private static Received received(Step step) {
    return step.received().isEmpty()
        ? new Received(step.of())
        : new Received(
            step.received().stream()
                .map(source -> source.sweep().map(TargetSweep::name).orElse(source.name()))
                .toList());
  }
}
