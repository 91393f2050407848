package io.hone.onnx.gradientcheck;

/**
 * Difference quotients along one feature or direction, from values at the image and at one and half
 * a step to either side.
 *
 * @param whole central quotient of the whole step
 * @param half central quotient of half the step
 * @param kink how much of the bend between the two sides does not shrink with the step, as that of
 *     a smooth function does
 */
record Slopes(double whole, double half, double kink) {
  /** How many values {@link #of} needs beside that at the image. */
  static final int POINTS = 4;

  /** Returns how far the feature moves for each of these values. */
  static double[] distances(double step) {
    return new double[] {step, -step, step / 2, -step / 2};
  }

  /** Returns a pixel that was moved, as a float. */
  static double moved(float pixel, double distance) {
    return (float) (pixel + distance);
  }

  /**
   * Computes the quotients.
   *
   * @param here the function's value at the image
   * @param values after the moves of {@link #distances}, from the index {@code from} on
   */
  static Slopes of(float pixel, double step, double here, double[] values, int from) {
    Sides whole = Sides.of(pixel, step, here, values[from], values[from + 1]);
    Sides half = Sides.of(pixel, step / 2, here, values[from + 2], values[from + 3]);
    return new Slopes(whole.central(), half.central(), Math.abs(2 * half.bend() - whole.bend()));
  }

  /**
   * Computes the quotients along a direction.
   *
   * @param values after the moves of {@link #distances}, less that at the image
   */
  static Slopes of(double step, double[] values) {
    Sides whole = new Sides((values[0] - values[1]) / (2 * step), (values[0] + values[1]) / step);
    Sides half = new Sides((values[2] - values[3]) / step, (values[2] + values[3]) / (step / 2));
    return new Slopes(whole.central(), half.central(), Math.abs(2 * half.bend() - whole.bend()));
  }

  /** Returns whether all are finite numbers. */
  boolean isFinite() {
    return Double.isFinite(whole) && Double.isFinite(half) && Double.isFinite(kink);
  }

  /** What one step to either side tells. */
  private record Sides(double central, double bend) {
    /** Divides by the distances really gone: a float next to the pixel is rounded. */
    static Sides of(float pixel, double step, double here, double above, double below) {
      double up = moved(pixel, step) - pixel;
      double down = pixel - moved(pixel, -step);
      return new Sides((above - below) / (up + down), (above - here) / up - (here - below) / down);
    }
  }
}
