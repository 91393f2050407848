package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;

/** In L2 every feature moves in proportion to its weight, or as far as it can if that is less. */
final class L2Projection implements PlaneProjection {
  private final CappedSum progress;
  private float[] normal = {};

  L2Projection(int features) {
    progress = new CappedSum(new double[features], new double[features]);
  }

  @Override
  public void face(float[] normal) {
    this.normal = normal;
    for (int feature = 0; feature < normal.length; feature++) {
      progress.rates()[feature] = (double) normal[feature] * normal[feature];
    }
  }

  @Override
  public double project(double excess, float[] image, Bounds bounds, double[] change) {
    for (int feature = 0; feature < image.length; feature++) {
      double weight = normal[feature];
      double room =
          PlaneProjection.room(
              weight, excess, image[feature], bounds.low(feature), bounds.high(feature));
      change[feature] = room;
      progress.caps()[feature] = Math.abs(weight) * room;
    }
    double level = progress.level(Math.abs(excess));
    double sum = 0;
    for (int feature = 0; feature < image.length; feature++) {
      double weight = normal[feature];
      double room = change[feature];
      double move = room > 0 ? Math.min(level * Math.abs(weight), room) : 0;
      sum += move * move;
      change[feature] = PlaneProjection.directed(move, weight, excess);
    }
    return Math.sqrt(sum);
  }
}
