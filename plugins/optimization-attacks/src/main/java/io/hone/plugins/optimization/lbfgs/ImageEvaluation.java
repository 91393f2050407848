package io.hone.plugins.optimization.lbfgs;

/**
 * What the model says of one image.
 *
 * @param loss how far the goal is, at least 0
 * @param gradient of the loss to the image
 * @param success whether the prediction meets the goal
 */
record ImageEvaluation(double loss, float[] gradient, boolean success) {
  boolean isFinite() {
    for (float slope : gradient) {
      if (!Float.isFinite(slope)) {
        return false;
      }
    }
    return Double.isFinite(loss);
  }

  boolean isFlat() {
    for (float slope : gradient) {
      if (slope != 0) {
        return false;
      }
    }
    return true;
  }
}
