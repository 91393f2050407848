package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;

/** In L2 every feature moves in proportion to its weight, or as far as it can if that is less. */
final class L2Projection implements PlaneProjection {
  private final SharedWay way;

  L2Projection(int features) {
    way = new SharedWay(features, true);
  }

  @Override
  public void face(float[] normal) {
    way.face(normal);
  }

  @Override
  public double project(double excess, float[] image, Bounds bounds, double[] change) {
    int heading = PlaneProjection.heading(excess);
    // A level that no room needs, in place of infinity, which would make no number of a weight of
    // 0.
    double level = Math.min(Double.MAX_VALUE, way.level(excess, image, bounds, change));
    double sum = 0;
    for (int feature = 0; feature < image.length; feature++) {
      double move = Math.min(level * way.weight(feature), change[feature]);
      sum += move * move;
      change[feature] = heading * way.sign(feature) * move;
    }
    return Math.sqrt(sum);
  }
}
