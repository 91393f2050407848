package io.hone.plugins.gradient.autopgd;

/**
 * The step of one sample in L1: how many features it moves and how far. Both follow the number of
 * features that the best point has changed (Croce and Hein 2021).
 */
final class SparseStep {
  private static final double PERIOD = 0.04;
  private static final float SPARSER = 1.5f;
  private static final double FEWER = 0.95;
  private static final double SMALLEST = 0.1;

  private final int period;
  private final double largest;
  private final int features;
  private double size;
  private float share;
  private double changed;

  /**
   * Starts from a point with so many changed features.
   *
   * @param radius of the ball
   * @param iterations that follow
   */
  SparseStep(double radius, int iterations, int features, int changed) {
    this.period = Checkpoints.share(PERIOD, iterations);
    this.largest = radius;
    this.features = features;
    this.size = radius;
    follow(changed);
  }

  private void follow(int nowChanged) {
    share = (float) nowChanged / features / SPARSER;
    changed = nowChanged;
  }

  /** Returns the size of the next step. */
  double size() {
    return size;
  }

  /**
   * Returns the smallest size that an entry of the gradient needs for its feature to move; NaN
   * where the gradient holds one.
   *
   * @param scratch as long as the gradient, overwritten
   */
  float threshold(float[] gradient, float[] scratch) {
    boolean broken = false;
    for (int feature = 0; feature < features; feature++) {
      scratch[feature] = Math.abs(gradient[feature]);
      broken |= Float.isNaN(gradient[feature]);
    }
    int still = (int) ((1 - share) * features);
    int place = Math.max(0, Math.min(still, features - 1));
    return broken ? Float.NaN : Selection.at(place, scratch);
  }

  /** Returns whether the step is looked at after an iteration, counted from 1. */
  boolean isDue(int iteration) {
    return iteration % period == 0;
  }

  /**
   * Follows the best point.
   *
   * @param nowChanged how many features the best point has changed
   * @return whether the sample goes back to its best point, to go on from there with large steps
   */
  boolean takesBack(int nowChanged) {
    boolean fewer = nowChanged / changed < FEWER;
    size = fewer ? largest : Math.max(size / SPARSER, largest * SMALLEST);
    follow(nowChanged);
    return fewer;
  }
}
