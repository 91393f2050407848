package io.hone.engine.measure;

import io.hone.engine.results.CheckResult;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.ExpectationState;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary.ExpectationResult;
import io.hone.engine.results.TargetSummary;
import io.hone.host.figure.FigureTree;
import io.hone.scenario.CheckChoice;
import io.hone.scenario.Expectation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds what a run found against what its scenario expects. */
public final class Gate {
  private final Map<String, StepSummary> steps;
  private final Map<String, Object> checks;

  /**
   * Creates a gate.
   *
   * @param targets what steps come to over every target
   * @param checks what the self-checks found, none where none were made
   */
  public Gate(List<StepSummary> steps, List<TargetSummary> targets, List<CheckResult> checks) {
    this.checks = CheckCounts.of(checks);
    this.steps =
        TargetSummary.measured(steps, targets).stream()
            .collect(Collectors.toMap(StepSummary::name, Function.identity()));
  }

  public List<ExpectationResult> judge(List<Expectation> expectations) {
    return expectations.stream().map(this::judge).toList();
  }

  private ExpectationResult judge(Expectation expectation) {
    if (expectation.step().equals(CheckChoice.ENTRY)) {
      return result(expectation, FigureTree.find(checks, expectation.figure()), List.of());
    }
    StepSummary step = Objects.requireNonNull(steps.get(expectation.step()));
    OptionalDouble actual = step.find(expectation.figure());
    List<Distrust> flags = step.distrusting(expectation.figure());
    return result(expectation, actual, flags);
  }

  private static ExpectationResult result(
      Expectation expectation, OptionalDouble actual, List<Distrust> flags) {
    ExpectationState verdict = verdict(expectation, actual, flags);
    return new ExpectationResult(
        expectation.text(),
        actual.isPresent() ? actual.getAsDouble() : null,
        verdict == ExpectationState.MET,
        verdict.word(),
        flags.stream().map(Distrust::code).toList());
  }

  /** A figure that misses what is expected of it fails, whether it can be trusted or not. */
  private static ExpectationState verdict(
      Expectation expectation, OptionalDouble actual, List<Distrust> flags) {
    if (actual.isEmpty()
        || !expectation.operator().holds(actual.getAsDouble(), expectation.number())) {
      return ExpectationState.NOT_MET;
    }
    return flags.stream().allMatch(Distrust::accepted)
        ? ExpectationState.MET
        : ExpectationState.UNTRUSTED;
  }
}
