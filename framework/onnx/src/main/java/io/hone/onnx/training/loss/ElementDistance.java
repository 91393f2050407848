package io.hone.onnx.training.loss;

import java.util.Optional;

/**
 * How far two values of the same shape are apart, a mean over the elements of an example.
 *
 * @param value one of the values
 * @param other the other value of the network, which receives a gradient too; empty where a target
 *     is fed
 * @param measure how the distance of two numbers counts
 */
public record ElementDistance(
    String name, String value, float weight, Optional<String> other, Measure measure)
    implements LossPart {
  /** How the distance of two numbers counts. */
  public enum Measure {
    /** {@code |a - b|}, the L1 loss. */
    ABSOLUTE,
    /** {@code (a - b)^2}, the mean squared error. */
    SQUARED
  }

  /** Returns the distance to a target that is fed. */
  public static ElementDistance toTarget(String value, Measure measure) {
    return new ElementDistance("distance", value, 1, Optional.empty(), measure);
  }

  /** Returns the distance of two values of the network, such as features to be matched. */
  public static ElementDistance between(String value, String other, Measure measure) {
    return new ElementDistance("features", value, 1, Optional.of(other), measure);
  }
}
