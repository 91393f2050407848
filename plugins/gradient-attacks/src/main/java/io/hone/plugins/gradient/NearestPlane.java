package io.hone.plugins.gradient;

import io.hone.api.run.Reason;

/** The nearest of the planes on which a linearised difference of two logits is 0. */
final class NearestPlane {
  private final DeepFool.Measure measure;
  private double distance = Double.POSITIVE_INFINITY;
  private double length;
  private float[] normal = {};
  private boolean sawNan;

  NearestPlane(DeepFool.Measure measure) {
    this.measure = measure;
  }

  /**
   * Considers one more plane.
   *
   * @param difference of the logits, where the image is
   * @param slope the gradient of the difference; read, not kept
   */
  void consider(double difference, float[] slope) {
    double dual = 0;
    for (float value : slope) {
      dual += measure == DeepFool.Measure.L2 ? (double) value * value : Math.abs(value);
    }
    if (measure == DeepFool.Measure.L2) {
      dual = Math.sqrt(dual);
    }
    if (!Double.isFinite(difference) || !Double.isFinite(dual)) {
      sawNan = true;
      return;
    }
    double away = Math.abs(difference) / dual;
    if (dual > 0 && away < distance) {
      distance = away;
      length = dual;
      normal = slope.clone();
    }
  }

  boolean found() {
    return distance < Double.POSITIVE_INFINITY;
  }

  /** Returns the reason why no plane was found. */
  String obstacle() {
    return sawNan ? Reason.NAN : Reason.NO_GRADIENT;
  }

  /** Adds the shortest step to the plane, and a little beyond it. */
  void addStep(float[] change, double beyond) {
    // A plane outside of the unit cube says no more than a direction.
    double width = measure == DeepFool.Measure.L2 ? Math.sqrt(normal.length) : 1;
    double size = Math.min(distance + beyond, width);
    for (int feature = 0; feature < change.length; feature++) {
      change[feature] +=
          (float)
              (measure == DeepFool.Measure.L2
                  ? size * (normal[feature] / length)
                  : size * Math.signum(normal[feature]));
    }
  }
}
