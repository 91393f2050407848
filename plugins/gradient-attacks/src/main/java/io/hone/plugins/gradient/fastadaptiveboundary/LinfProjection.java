package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;

/** In Linf every feature moves by the same amount, or as far as it can where that is less. */
final class LinfProjection implements PlaneProjection {
  private final SharedWay way;

  LinfProjection(int features) {
    way = new SharedWay(features, false);
  }

  @Override
  public void face(float[] normal) {
    way.face(normal);
  }

  @Override
  public double project(double excess, float[] image, Bounds bounds, double[] change) {
    int heading = PlaneProjection.heading(excess);
    double level = way.level(excess, image, bounds, change);
    double largest = 0;
    for (int feature = 0; feature < image.length; feature++) {
      double move = Math.min(level, change[feature]);
      largest = Math.max(largest, move);
      change[feature] = heading * way.sign(feature) * move;
    }
    return largest;
  }
}
