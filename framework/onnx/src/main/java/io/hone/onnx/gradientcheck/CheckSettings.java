package io.hone.onnx.gradientcheck;

/**
 * How a gradient is checked.
 *
 * @param features tried per image, at least 1; all of them where an image has fewer
 * @param tolerance how far gradient and slope may be apart, as a part of the image's largest slope,
 *     above 0; what float arithmetic blurs comes on top
 * @param seed of the choice of features
 * @param batch variations of an image that are evaluated at once, at least 1
 */
public record CheckSettings(int features, double tolerance, long seed, int batch) {
  /** Fifty features per image, one percent, variations 32 at a time. */
  public static final CheckSettings DEFAULT = new CheckSettings(50, 0.01, 0, 32);

  /** Checks the ranges. */
  public CheckSettings {
    if (features < 1 || batch < 1 || !(tolerance > 0)) {
      throw new IllegalArgumentException(
          "features, batch and tolerance must be positive: "
              + features
              + ", "
              + batch
              + ", "
              + tolerance);
    }
  }
}
