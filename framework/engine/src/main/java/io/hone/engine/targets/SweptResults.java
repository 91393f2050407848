package io.hone.engine.targets;

import io.hone.engine.step.Distance;
import io.hone.scenario.Step;
import io.hone.scenario.TargetSweep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results that differ by nothing but the class that their attack aims at.
 *
 * @param sweep their names
 * @param steps one for each target, in the order of the matrix
 * @param places of the results among those of a unit
 * @param distance decides which of two examples is nearer to the clean image
 */
public record SweptResults(
    TargetSweep sweep, List<Step> steps, List<Integer> places, Distance distance) {

  /**
   * Returns the results of a scenario's steps that differ by their target alone.
   *
   * @param models how many results of clean images a unit has in front of those of the steps
   */
  public static List<SweptResults> of(List<Step> steps, int models) {
    Map<TargetSweep, List<Integer>> sweeps = new LinkedHashMap<>();
    for (int place = 0; place < steps.size(); place++) {
      int found = place;
      steps
          .get(place)
          .sweep()
          .ifPresent(
              sweep -> sweeps.computeIfAbsent(sweep, absent -> new ArrayList<>()).add(found));
    }
    return sweeps.entrySet().stream()
        .map(
            found ->
                of(
                    found.getKey(),
                    found.getValue().stream().map(steps::get).toList(),
                    found.getValue().stream().map(place -> place + models).toList()))
        .toList();
  }

  private static SweptResults of(TargetSweep sweep, List<Step> steps, List<Integer> places) {
    return new SweptResults(sweep, steps, places, Distance.ofAttacks(steps).orElse(Distance.L2));
  }

  /** Returns the classes, in the order of the matrix. */
  List<Integer> targets() {
    return steps.stream().map(step -> step.goal().targetOfAll().orElseThrow()).toList();
  }
}
