package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;

/** In Linf every feature moves by the same amount, or as far as it can where that is less. */
final class LinfProjection implements PlaneProjection {
  private final CappedSum progress;
  private final double[] signs;
  private final double[] weights;

  LinfProjection(int features) {
    progress = new CappedSum(features);
    signs = new double[features];
    weights = new double[features];
  }

  @Override
  public void face(float[] normal) {
    for (int feature = 0; feature < normal.length; feature++) {
      signs[feature] = Math.signum(normal[feature]);
      weights[feature] = Math.abs((double) normal[feature]);
      progress.setRate(feature, weights[feature]);
    }
  }

  @Override
  public double project(double excess, float[] image, Bounds bounds, double[] change) {
    int heading = PlaneProjection.heading(excess);
    for (int feature = 0; feature < image.length; feature++) {
      double room =
          PlaneProjection.room(
              heading * signs[feature], image[feature], bounds.low(feature), bounds.high(feature));
      change[feature] = room;
      progress.setCap(feature, weights[feature] * room);
    }
    double level = progress.level(Math.abs(excess));
    double largest = 0;
    for (int feature = 0; feature < image.length; feature++) {
      double move = Math.min(level, change[feature]);
      largest = Math.max(largest, move);
      change[feature] = heading * signs[feature] * move;
    }
    return largest;
  }
}
