package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.api.run.Reason;

/** The nearest of the planes on which a linearised difference of two logits is 0. */
public final class NearestPlane {
  private final Norm norm;
  private double distance = Double.POSITIVE_INFINITY;
  private double difference;
  private double dualLength;
  private float[] normal = {};
  private boolean sawNan;
  private boolean sawSlope;

  /**
   * Starts without a plane.
   *
   * @param norm in which distances are measured
   */
  public NearestPlane(Norm norm) {
    this.norm = norm;
  }

  /**
   * Considers one more plane.
   *
   * @param difference of the logits, where the image is
   * @param slope the gradient of the difference; read, not kept
   */
  public void consider(double difference, float[] slope) {
    double dual = dualLength(slope);
    sawSlope |= dual != 0;
    if (!Double.isFinite(difference) || !Double.isFinite(dual)) {
      sawNan = true;
      return;
    }
    double away = Math.abs(difference) / dual;
    if (dual > 0 && away < distance) {
      distance = away;
      this.difference = difference;
      dualLength = dual;
      normal = slope.clone();
    }
  }

  /** The distance to a plane is measured in a norm, the length of its normal in the dual one. */
  private double dualLength(float[] slope) {
    double sum = 0;
    switch (norm) {
      case LINF -> {
        for (float value : slope) {
          sum += Math.abs(value);
        }
      }
      case L2 -> {
        for (float value : slope) {
          sum += (double) value * value;
        }
        sum = Math.sqrt(sum);
      }
      case L1 -> {
        for (float value : slope) {
          sum = Math.max(sum, Math.abs(value));
        }
      }
    }
    return sum;
  }

  /** Returns whether a plane was found that is not parallel to every change of the image. */
  public boolean found() {
    return distance < Double.POSITIVE_INFINITY;
  }

  /** Returns whether a difference or its gradient was not a finite number. */
  public boolean sawNan() {
    return sawNan;
  }

  /** Returns whether a gradient was not 0. */
  public boolean sawSlope() {
    return sawSlope;
  }

  /** Returns the reason why no plane was found. */
  public String obstacle() {
    return sawNan ? Reason.NAN : Reason.NO_GRADIENT;
  }

  /** Returns how far the nearest plane is from the image; infinity where none was found. */
  public double distance() {
    return distance;
  }

  /** Returns the difference of the logits at the image, which is 0 on the nearest plane. */
  public double difference() {
    return difference;
  }

  /** Returns the gradient of the difference; empty where no plane was found. */
  public float[] normal() {
    return normal;
  }

  /** Returns the length of the gradient in the norm that is dual to that of distances. */
  public double dualLength() {
    return dualLength;
  }
}
