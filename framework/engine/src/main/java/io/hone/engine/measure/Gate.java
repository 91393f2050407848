package io.hone.engine.measure;

import io.hone.engine.results.Distrust;
import io.hone.engine.results.ExpectationState;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary.ExpectationResult;
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

  public Gate(List<StepSummary> steps) {
    this.steps = steps.stream().collect(Collectors.toMap(StepSummary::name, Function.identity()));
  }

  public List<ExpectationResult> judge(List<Expectation> expectations) {
    return expectations.stream().map(this::judge).toList();
  }

  private ExpectationResult judge(Expectation expectation) {
    StepSummary step = Objects.requireNonNull(steps.get(expectation.step()));
    OptionalDouble actual = step.find(expectation.figure());
    List<Distrust> flags = step.distrusting(expectation.figure());
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
