package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;

/** In Linf every feature moves by the same amount, or as far as it can where that is less. */
final class LinfProjection implements PlaneProjection {
  private final CappedSum progress;
  private float[] normal = {};

  LinfProjection(int features) {
    progress = new CappedSum(new double[features], new double[features]);
  }

  @Override
  public void face(float[] normal) {
    this.normal = normal;
    for (int feature = 0; feature < normal.length; feature++) {
      progress.rates()[feature] = Math.abs((double) normal[feature]);
    }
  }

  @Override
  public double project(double excess, float[] image, Bounds bounds, double[] change) {
    for (int feature = 0; feature < image.length; feature++) {
      double room =
          PlaneProjection.room(
              normal[feature], excess, image[feature], bounds.low(feature), bounds.high(feature));
      change[feature] = room;
      progress.caps()[feature] = progress.rates()[feature] * room;
    }
    double level = progress.level(Math.abs(excess));
    double largest = 0;
    for (int feature = 0; feature < image.length; feature++) {
      double move = Math.min(level, change[feature]);
      largest = Math.max(largest, move);
      change[feature] = PlaneProjection.directed(move, normal[feature], excess);
    }
    return largest;
  }
}
