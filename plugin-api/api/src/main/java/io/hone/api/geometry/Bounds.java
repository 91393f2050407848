package io.hone.api.geometry;

import io.hone.api.stability.Stability;

/**
 * The values that the features of an image may have: for each feature a range within [0, 1].
 *
 * <p>A property of a network is often asked within such bounds: some features may move far, others
 * little or not at all. {@link #PIXELS} is the rule for all other work.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class Bounds {
  /** All of [0, 1] for every feature of images of any size. */
  public static final Bounds PIXELS = new Bounds(new float[0], new float[0]);

  private final float[] low;
  private final float[] high;

  private Bounds(float[] low, float[] high) {
    this.low = low;
    this.high = high;
  }

  /**
   * Returns bounds of their own for every feature.
   *
   * @param low smallest value of each feature
   * @param high largest value of each feature
   * @throws IllegalArgumentException unless {@code 0 <= low <= high <= 1} for every feature
   */
  public static Bounds of(float[] low, float[] high) {
    if (low.length != high.length || low.length == 0) {
      throw new IllegalArgumentException(
          low.length + " lower and " + high.length + " upper bounds: one of each per feature");
    }
    for (int feature = 0; feature < low.length; feature++) {
      if (!(low[feature] >= 0 && low[feature] <= high[feature] && high[feature] <= 1)) {
        throw new IllegalArgumentException(
            "the bounds of feature %d are %s to %s; they must be in order and within [0, 1]"
                .formatted(feature, low[feature], high[feature]));
      }
    }
    return new Bounds(low.clone(), high.clone());
  }

  /** Returns whether every feature may have all values of [0, 1]. */
  public boolean areAllPixels() {
    return low.length == 0;
  }

  /** Returns the smallest value of a feature. */
  public float low(int feature) {
    return low.length == 0 ? 0 : low[feature];
  }

  /** Returns the largest value of a feature. */
  public float high(int feature) {
    return high.length == 0 ? 1 : high[feature];
  }

  /** Returns the difference of the largest and the smallest value of a feature. */
  public double width(int feature) {
    return (double) high(feature) - low(feature);
  }

  /** Returns the value within the bounds of a feature that is nearest to a value; NaN stays NaN. */
  public float clip(int feature, float value) {
    return Math.max(low(feature), Math.min(high(feature), value));
  }

  /** Moves every feature of an image in place to the nearest value within its bounds. */
  public void clip(float[] image) {
    if (areAllPixels()) {
      Pixels.clip(image);
      return;
    }
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = clip(feature, image[feature]);
    }
  }

  /** Returns whether every feature of an image is within its bounds. */
  public boolean holds(float[] image) {
    for (int feature = 0; feature < image.length; feature++) {
      if (!(image[feature] >= low(feature) && image[feature] <= high(feature))) {
        return false;
      }
    }
    return true;
  }
}
