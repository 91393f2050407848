package io.hone.plugins.blackbox.square;

import io.hone.api.geometry.Norm;
import java.util.Arrays;

/**
 * A norm in which the changes of single features add up: their squares in L2, their sizes in L1.
 */
enum AdditiveNorm {
  /** Euclidean length. */
  L2(Norm.L2, 2) {
    @Override
    double part(double change) {
      return change * change;
    }

    @Override
    double length(double sum) {
      return Math.sqrt(sum);
    }
  },
  /** Sum of sizes. */
  L1(Norm.L1, 4) {
    @Override
    double part(double change) {
      return Math.abs(change);
    }

    @Override
    double length(double sum) {
      return sum;
    }
  };

  private final Norm norm;
  private final int steepness;

  AdditiveNorm(Norm norm, int steepness) {
    this.norm = norm;
    this.steepness = steepness;
  }

  static AdditiveNorm of(Norm norm) {
    return Arrays.stream(values())
        .filter(additive -> additive.norm == norm)
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("changes do not add up in " + norm));
  }

  /** Returns the power of the distance by which pyramids of this norm fall off. */
  int steepness() {
    return steepness;
  }

  /** Returns what a change of one feature adds to the sum. */
  abstract double part(double change);

  /** Returns the length of a change whose features add up to a sum. */
  abstract double length(double sum);

  /** Returns what the changes of several features add up to. */
  double sum(double[] changes) {
    double sum = 0;
    for (double change : changes) {
      sum += part(change);
    }
    return sum;
  }
}
