package io.hone.plugins.optimization.cw;

import io.hone.api.data.Tensor;

/** The best adversarial example of one sample so far, kept in its row of the result. */
final class Finding {
  private final Tensor adversarial;
  private final int row;
  private double distance = Double.POSITIVE_INFINITY;

  Finding(Tensor adversarial, int row) {
    this.adversarial = adversarial;
    this.row = row;
  }

  /** Keeps an adversarial example if it is nearer than the one before. */
  void offer(float[] image, double itsDistance) {
    if (itsDistance < distance) {
      distance = itsDistance;
      adversarial.setRow(row, image);
    }
  }

  /** Returns the distance of the best one; infinity if there is none. */
  double distance() {
    return distance;
  }

  boolean exists() {
    return distance < Double.POSITIVE_INFINITY;
  }

  /** Copies the best one, or the clean image if there is none. */
  void read(float[] into) {
    adversarial.readRow(row, into);
  }
}
