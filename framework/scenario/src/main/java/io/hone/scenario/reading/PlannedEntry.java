package io.hone.scenario.reading;

import io.hone.api.metric.StepKind.Trait;
import io.hone.scenario.TargetSweep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One result entry of a step, before its components are bound.
 *
 * @param result its name and its point
 * @param step what it does
 * @param of the results that it receives
 */
record PlannedEntry(PlannedResult result, StepOutline step, List<PlannedResult> of) {
  String name() {
    return result.name();
  }

  String base() {
    return result.base();
  }

  Map<Axis, Axis.Value> point() {
    return result.point();
  }

  /** Returns the results over all targets that this is one of; only examples are told so. */
  Optional<TargetSweep> sweep() {
    return step.kind().has(Trait.PERTURBS) ? result.sweep() : Optional.empty();
  }
}
