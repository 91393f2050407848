package io.hone.api.geometry;

import io.hone.api.stability.Stability;
import java.util.Arrays;

/** The norm that a change of an image is measured in, and with it the steepest direction. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public enum Norm implements NormChoice {
  /** The largest change of any feature: in a step, every feature moves by the step's size. */
  LINF {
    @Override
    public double distance(float[] left, float[] right) {
      double largest = 0;
      for (int feature = 0; feature < left.length; feature++) {
        largest = Math.max(largest, Math.abs((double) left[feature] - right[feature]));
      }
      return largest;
    }

    @Override
    public boolean descend(float[] image, float[] gradient, float size) {
      if (holdsNan(gradient)) {
        return false;
      }
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] -= sign(gradient[feature]) * size;
      }
      return true;
    }

    /** What Math.signum returns, without branches, so that the compiler takes many at once. */
    private static float sign(float slope) {
      return Math.max(-1, Math.min(1, slope * LARGE * LARGE));
    }
  },
  /** Euclidean length: a step goes along the gradient. */
  L2 {
    @Override
    public double distance(float[] left, float[] right) {
      double sum = 0;
      for (int feature = 0; feature < left.length; feature++) {
        double difference = (double) left[feature] - right[feature];
        sum += difference * difference;
      }
      return Math.sqrt(sum);
    }

    @Override
    public boolean descend(float[] image, float[] gradient, float size) {
      double sum = 0;
      for (float slope : gradient) {
        sum += (double) slope * slope;
      }
      double length = Math.sqrt(sum);
      if (!Double.isFinite(length)) {
        return false;
      }
      if (length > 0) {
        for (int feature = 0; feature < image.length; feature++) {
          image[feature] -= (float) (size * (gradient[feature] / length));
        }
      }
      return true;
    }
  },
  /**
   * The sum of all changes: a step is shared equally by the steepest hundredth of the features, one
   * at least, because a step along one feature alone soon leaves [0, 1] (Tramer and Boneh 2019,
   * section 4.1). A feature that already is on the border and would leave is passed over: it would
   * take its share of every step and never move.
   */
  L1 {
    @Override
    public double distance(float[] left, float[] right) {
      double sum = 0;
      for (int feature = 0; feature < left.length; feature++) {
        sum += Math.abs((double) left[feature] - right[feature]);
      }
      return sum;
    }

    @Override
    public boolean descend(float[] image, float[] gradient, float size) {
      if (holdsNan(gradient)) {
        return false;
      }
      float[] steepness = new float[gradient.length];
      for (int feature = 0; feature < gradient.length; feature++) {
        steepness[feature] = steepness(image[feature], gradient[feature]);
      }
      float[] sorted = steepness.clone();
      Arrays.sort(sorted);
      int movable = 0;
      while (movable < sorted.length && sorted[sorted.length - 1 - movable] > 0) {
        movable++;
      }
      int count = Math.min(movable, Math.max(1, gradient.length / SHARE_OF_FEATURES));
      for (int feature = 0, moved = 0; moved < count; feature++) {
        if (steepness[feature] >= sorted[sorted.length - count]) {
          image[feature] -= Math.signum(gradient[feature]) * (size / count);
          moved++;
        }
      }
      return true;
    }

    private static float steepness(float value, float slope) {
      boolean leaves = slope > 0 ? value <= 0 : value >= 1;
      return leaves ? 0 : Math.abs(slope);
    }
  };

  private static final int SHARE_OF_FEATURES = 100;

  /** Its square brings the smallest float above 1. */
  private static final float LARGE = 1e38f;

  @Override
  public Norm norm() {
    return this;
  }

  /**
   * Returns the largest distance that two images of [0, 1] can have.
   *
   * @param features of each image
   */
  public double diameter(int features) {
    return switch (this) {
      case LINF -> 1;
      case L2 -> Math.sqrt(features);
      case L1 -> features;
    };
  }

  /** Returns the distance of two images of equal length, measured in double. */
  public abstract double distance(float[] left, float[] right);

  /**
   * Moves an image in place by one step of steepest descent, beyond [0, 1] if the step leads there;
   * a gradient of zeros moves nothing.
   *
   * @param size how far, in this norm
   * @return false, with the image as it was, where the gradient has no direction: it holds NaN or,
   *     in L2, infinity
   */
  public abstract boolean descend(float[] image, float[] gradient, float size);

  private static boolean holdsNan(float[] gradient) {
    // NaN wins every maximum; a loop that may end early would take one number at a time.
    float largest = 0;
    for (float slope : gradient) {
      largest = Math.max(largest, slope);
    }
    return Float.isNaN(largest);
  }
}
