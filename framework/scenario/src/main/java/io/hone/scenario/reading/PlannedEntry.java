package io.hone.scenario.reading;

import java.util.List;
import java.util.Map;

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
}
