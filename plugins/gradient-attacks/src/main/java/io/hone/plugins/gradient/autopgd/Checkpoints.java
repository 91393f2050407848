package io.hone.plugins.gradient.autopgd;

import java.util.ArrayList;
import java.util.List;

/**
 * The iterations, counted from 1, after which the step size is looked at: after 22 % of them first,
 * then after periods that become shorter by 3 % each, down to 6 % (Croce and Hein 2020, section 3).
 * Of 100: after 22, 41, 57, 70, 80, 87, 93 and 99.
 */
record Checkpoints(List<Integer> iterations) {
  private static final double FIRST = 0.22;
  private static final double SHORTER = 0.03;
  private static final double SHORTEST = 0.06;

  /** Returns the checkpoints of so many iterations. */
  static Checkpoints of(int iterations) {
    int period = share(FIRST, iterations);
    List<Integer> checkpoints = new ArrayList<>();
    for (int iteration = period; iteration <= iterations; iteration += period) {
      checkpoints.add(iteration);
      period = Math.max(period - share(SHORTER, iterations), share(SHORTEST, iterations));
    }
    return new Checkpoints(List.copyOf(checkpoints));
  }

  /** Returns a share of some iterations, rounded down, and 1 at least. */
  static int share(double share, int iterations) {
    return Math.max((int) (share * iterations), 1);
  }
}
