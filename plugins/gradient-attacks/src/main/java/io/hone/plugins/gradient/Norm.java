package io.hone.plugins.gradient;

/** The norm that a step is measured in, and with it the steepest direction. */
public enum Norm {
  /** The largest change of any feature: every feature moves by the size of the step. */
  LINF {
    @Override
    boolean descend(float[] image, float[] gradient, float size) {
      for (float slope : gradient) {
        if (Float.isNaN(slope)) {
          return false;
        }
      }
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] = moved(image[feature], -Math.signum(gradient[feature]) * size);
      }
      return true;
    }
  },
  /** Euclidean length: the image moves along the gradient. */
  L2 {
    @Override
    boolean descend(float[] image, float[] gradient, float size) {
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
          image[feature] = moved(image[feature], (float) (-size * (gradient[feature] / length)));
        }
      }
      return true;
    }
  };

  /**
   * Moves an image in place against a gradient, within [0, 1]; a zero gradient moves nothing.
   *
   * @return false, with the image as it was, where the gradient has no direction
   */
  abstract boolean descend(float[] image, float[] gradient, float size);

  /**
   * Returns a value moved and clipped to [0, 1]. A sum that rounding carried farther than {@code
   * by} goes back by one float, so that no one who measures finds more than the size asked for.
   */
  private static float moved(float value, float by) {
    float sum = value + by;
    if (Math.abs((double) sum - value) > Math.abs(by)) {
      sum = Math.nextAfter(sum, value);
    }
    return Math.max(0, Math.min(1, sum));
  }
}
