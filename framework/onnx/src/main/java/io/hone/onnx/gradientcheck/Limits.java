package io.hone.onnx.gradientcheck;

/**
 * How far numbers may be apart at one image.
 *
 * @param allowed distance of gradient and slope
 * @param noise of one value of the function, a standard deviation
 */
record Limits(double allowed, double noise) {
  /** Standard deviations of noise that a comparison must tolerate. */
  private static final double DEVIATIONS = 3.5;

  /** The measure of a kink has so many times the noise of the quotient of half a step. */
  private static final double KINK_NOISE = 4.2;

  /** What a bend that noise hides does to the quotient of half a step, its own noise included. */
  private static final double DISAGREEMENT_NOISE = 3;

  /** Returns how far noise moves the quotient of half a step. */
  double blur(double step) {
    return DEVIATIONS * Math.sqrt(2) * noise / step;
  }

  /** Returns whether the two steps, or the two sides, disagree. */
  boolean bends(Slopes slopes, double step) {
    return Math.abs(slopes.whole() - slopes.half()) > allowed / 2 + blur(step)
        || slopes.kink() > allowed / 2 + KINK_NOISE * blur(step);
  }

  /**
   * Returns whether a gradient differs from a slope by more than noise and unseen bends explain.
   */
  boolean disagree(double gradient, double slope, double step) {
    return Math.abs(slope - gradient) > allowed + DISAGREEMENT_NOISE * blur(step);
  }
}
