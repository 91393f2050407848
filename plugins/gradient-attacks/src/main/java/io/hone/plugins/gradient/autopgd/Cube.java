package io.hone.plugins.gradient.autopgd;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import java.util.Arrays;

/**
 * The Linf ball around one clean image within bounds, as the smallest and the largest float that
 * each feature may have: worked out once, because every step brings its image back twice.
 *
 * @param low of each feature
 * @param high of each feature
 */
record Cube(float[] low, float[] high) {
  private static final float BEYOND_ALL_BOUNDS = 2;

  /** Works out the borders. */
  static Cube of(Ball ball, float[] center, Bounds bounds) {
    float[] low = new float[center.length];
    float[] high = new float[center.length];
    Arrays.fill(low, -BEYOND_ALL_BOUNDS);
    Arrays.fill(high, BEYOND_ALL_BOUNDS);
    ball.project(low, center, bounds);
    ball.project(high, center, bounds);
    return new Cube(low, high);
  }

  /** Moves every feature of an image in place to its nearest value inside. */
  void clip(float[] image) {
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = Math.max(low[feature], Math.min(high[feature], image[feature]));
    }
  }
}
