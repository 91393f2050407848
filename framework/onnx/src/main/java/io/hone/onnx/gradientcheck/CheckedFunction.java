package io.hone.onnx.gradientcheck;

/**
 * A number that a model makes of each image, and the gradient that is claimed to be its own.
 *
 * <p>Images are features in any fixed order. The number may be another function for each image (the
 * loss of that image's label), so every call names the image it is about, counted from 0.
 */
public interface CheckedFunction {
  /**
   * Returns the function's value at variations of one image.
   *
   * <p>What comes in float from a model is best put together in double: its rounding is then the
   * only noise.
   *
   * @param image which one
   * @param variations each with all features of the image
   */
  double[] values(int image, float[][] variations);

  /**
   * Returns a rounding that values near an image have at least, a standard deviation: that of the
   * floats that the values are put together from. Small moves do not show it, because such floats
   * stay as they are until a move is larger than their rounding.
   *
   * @param image which one
   * @param pixels its features
   */
  default double rounding(int image, float[] pixels) {
    return 0;
  }

  /**
   * Returns the claimed gradient at an image, one number per feature.
   *
   * @param image which one
   * @param pixels its features
   */
  float[] gradient(int image, float[] pixels);
}
