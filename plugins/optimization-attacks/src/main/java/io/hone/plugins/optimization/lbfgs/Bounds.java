package io.hone.plugins.optimization.lbfgs;

import java.util.Arrays;

/**
 * The box that an optimiser stays in.
 *
 * @param lower the least value of each variable, or negative infinity
 * @param upper the largest value of each variable, or infinity
 */
record Bounds(double[] lower, double[] upper) {
  /** Returns the box of all images. */
  static Bounds unit(int variables) {
    double[] ones = new double[variables];
    Arrays.fill(ones, 1);
    return new Bounds(new double[variables], ones);
  }

  boolean areFinite() {
    for (int variable = 0; variable < lower.length; variable++) {
      if (Double.isInfinite(lower[variable]) || Double.isInfinite(upper[variable])) {
        return false;
      }
    }
    return true;
  }

  double clip(int variable, double value) {
    return Math.max(lower[variable], Math.min(upper[variable], value));
  }

  boolean strictlyInside(int variable, double value) {
    return value > lower[variable] && value < upper[variable];
  }

  /** Returns the largest multiple of a step that stays in the box, where that is below a limit. */
  double largestMultiple(double[] point, double[] step, double limit) {
    double multiple = limit;
    for (int variable = 0; variable < point.length; variable++) {
      double slack = Double.POSITIVE_INFINITY;
      if (step[variable] > 0) {
        slack = upper[variable] - point[variable];
      } else if (step[variable] < 0) {
        slack = lower[variable] - point[variable];
      }
      if (step[variable] != 0) {
        multiple = Math.min(multiple, slack / step[variable]);
      }
    }
    return multiple;
  }

  /** Returns the largest feature of the gradient's step once it is cut off at the box. */
  double projectedGradient(double[] point, double[] gradient) {
    double largest = 0;
    for (int variable = 0; variable < point.length; variable++) {
      double moved = clip(variable, point[variable] - gradient[variable]) - point[variable];
      largest = Math.max(largest, Math.abs(moved));
    }
    return largest;
  }
}
