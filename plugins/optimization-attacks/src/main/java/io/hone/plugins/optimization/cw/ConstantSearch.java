package io.hone.plugins.optimization.cw;

/**
 * The search for the smallest weight c of the function that still yields an adversarial example:
 * ten times as much until there is one, then bisection.
 */
final class ConstantSearch {
  private static final double LARGEST = 1e10;
  private static final double GROWTH = 10;

  /** From so many steps on, the last one repeats the smallest weight that succeeded. */
  private static final int REPEATING = 10;

  private final int steps;
  private int step;
  private double weight;
  private double failed;
  private double succeeded = Double.POSITIVE_INFINITY;

  ConstantSearch(double initial, int steps) {
    this.weight = Math.min(initial, LARGEST);
    this.steps = steps;
  }

  double weight() {
    return weight;
  }

  /** Takes note of what the weight led to; returns false after the last step. */
  boolean advance(boolean found) {
    if (found) {
      succeeded = Math.min(succeeded, weight);
    } else {
      failed = Math.max(failed, weight);
    }
    boolean bracketed = succeeded < Double.POSITIVE_INFINITY;
    weight = bracketed ? (failed + succeeded) / 2 : Math.min(LARGEST, weight * GROWTH);
    step++;
    if (steps >= REPEATING && step == steps - 1) {
      weight = Math.min(LARGEST, succeeded);
    }
    return step < steps;
  }
}
