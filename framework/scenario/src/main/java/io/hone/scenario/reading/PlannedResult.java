package io.hone.scenario.reading;

import io.hone.scenario.TargetSweep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The name and the point of one result, be it of a step or of the data set's own images.
 *
 * @param name unique: {@code recover@fgsm[threshold=0.96]}
 * @param base the name without the variant: {@code recover@fgsm}
 * @param point the value chosen on each axis that the result depends on, in the matrix's order
 * @param clean the name of the data set's own images at this point
 */
record PlannedResult(String name, String base, Map<Axis, Axis.Value> point, String clean) {
  /** Returns the result of a step at a point of the matrix. */
  static PlannedResult of(String base, Map<Axis, Axis.Value> point, String clean) {
    return new PlannedResult(name(base, point), base, point, clean);
  }

  /** Returns the data set's own images at a point of the matrix. */
  static PlannedResult clean(String base, Map<Axis, Axis.Value> point) {
    String name = name(base, point);
    return new PlannedResult(name, base, point, name);
  }

  /** Returns the results over all targets that this is one of, if an axis holds targets. */
  Optional<TargetSweep> sweep() {
    return point.keySet().stream().filter(Axis::holdsTargets).findFirst().map(this::sweep);
  }

  private TargetSweep sweep(Axis targets) {
    Map<Axis, Axis.Value> others = new LinkedHashMap<>(point);
    others.remove(targets);
    return new TargetSweep(
        name(base, others),
        targets.label(),
        named(targets, TargetSweep.BEST),
        named(targets, TargetSweep.AVERAGE),
        named(targets, TargetSweep.WORST));
  }

  private String named(Axis axis, String value) {
    Map<Axis, Axis.Value> other = new LinkedHashMap<>(point);
    other.computeIfPresent(axis, (key, chosen) -> new Axis.Value(chosen.node(), value));
    return name(base, other);
  }

  private static String name(String base, Map<Axis, Axis.Value> point) {
    return point.isEmpty()
        ? base
        : point.entrySet().stream()
            .map(choice -> choice.getKey().label() + "=" + choice.getValue().label())
            .collect(Collectors.joining(",", base + "[", "]"));
  }
}
