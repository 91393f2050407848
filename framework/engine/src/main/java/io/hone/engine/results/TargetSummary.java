package io.hone.engine.results;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a step comes to over every class that it was aimed at.
 *
 * @param name of its results without their target
 * @param distance that decides which target of a sample is easiest: the attack's norm, or {@code
 *     l2} where it names none
 * @param results the names of the results, one for each target
 * @param best with the target that is easiest for each sample
 * @param average over all targets; its samples are pairs of a sample and a target
 * @param worst with the target that is hardest for each sample
 */
public record TargetSummary(
    String name,
    String distance,
    List<String> results,
    StepSummary best,
    StepSummary average,
    StepSummary worst) {
  /** Returns all that has figures: entries, and the three cases of each step over every target. */
  public static List<StepSummary> measured(List<StepSummary> steps, List<TargetSummary> targets) {
    return Stream.concat(
            steps.stream(),
            targets.stream().flatMap(each -> Stream.of(each.best, each.average, each.worst)))
        .toList();
  }
}
