package io.hone.engine.step;

import io.hone.api.metric.Distances;
import io.hone.host.component.KebabCase;
import io.hone.scenario.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A distance from the clean image, by which examples are compared. */
public enum Distance {
  L0(Distances::l0),
  L1(Distances::l1),
  L2(Distances::l2),
  LINF(Distances::linf);

  private final ToDoubleFunction<Distances> value;

  Distance(ToDoubleFunction<Distances> value) {
    this.value = value;
  }

  /** Returns this one of an image's distances. */
  public double of(Distances distances) {
    return value.applyAsDouble(distances);
  }

  /** Returns the distance as scenarios write it. */
  public String word() {
    return KebabCase.ofConstant(this).orElseThrow();
  }

  /** Returns the norm of the attacks behind some steps; empty where they have none in common. */
  public static Optional<Distance> ofAttacks(List<Step> steps) {
    List<Optional<String>> norms = attacks(steps).map(Distance::norm).distinct().toList();
    return norms.size() == 1
        ? norms
            .get(0)
            .flatMap(
                norm ->
                    Arrays.stream(values())
                        .filter(distance -> distance.word().equals(norm))
                        .findFirst())
        : Optional.empty();
  }

  /** Returns the first steps of the chains that lead to some steps. */
  public static Stream<Step> attacks(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> step.received().isEmpty() ? Stream.of(step) : attacks(step.received()));
  }

  private static Optional<String> norm(Step attack) {
    return attack.content().components().stream()
        .flatMap(component -> component.norm().stream())
        .findFirst();
  }
}
