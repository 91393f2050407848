package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;

/** In L2 every feature moves in proportion to its weight, or as far as it can if that is less. */
final class L2Projection implements PlaneProjection {
  private final CappedSum progress;
  private final double[] signs;
  private final double[] weights;

  L2Projection(int features) {
    progress = new CappedSum(features);
    signs = new double[features];
    weights = new double[features];
  }

  @Override
  public void face(float[] normal) {
    for (int feature = 0; feature < normal.length; feature++) {
      signs[feature] = Math.signum(normal[feature]);
      weights[feature] = Math.abs((double) normal[feature]);
      progress.setRate(feature, weights[feature] * weights[feature]);
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
    // A level that no room needs, in place of infinity, which would make no number of a weight of
    // 0.
    double level = Math.min(Double.MAX_VALUE, progress.level(Math.abs(excess)));
    double sum = 0;
    for (int feature = 0; feature < image.length; feature++) {
      double move = Math.min(level * weights[feature], change[feature]);
      sum += move * move;
      change[feature] = heading * signs[feature] * move;
    }
    return Math.sqrt(sum);
  }
}
