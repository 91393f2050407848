package io.hone.api.geometry;

import io.hone.api.stability.Stability;

/** The range of pixel values, [0, 1]. What is below becomes 0, what is above 1; NaN stays NaN. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class Pixels {
  private Pixels() {}

  /** Returns the pixel value nearest to a value. */
  public static float clip(float value) {
    return Math.max(0, Math.min(1, value));
  }

  /** Returns the pixel value nearest to a value, in double. */
  public static double clip(double value) {
    return Math.max(0, Math.min(1, value));
  }

  /** Clips every feature of an image in place. */
  public static void clip(float[] image) {
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = clip(image[feature]);
    }
  }
}
