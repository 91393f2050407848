package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;
import java.util.Arrays;

/** In L1 the features with the largest weights go as far as they can, until the plane is met. */
final class L1Projection implements PlaneProjection {
  private static final long INDEX = 0xffffffffL;

  /** Features, those with larger weights first, in the lower half of each number. */
  private final long[] order;

  private float[] normal = {};

  L1Projection(int features) {
    order = new long[features];
  }

  @Override
  public void face(float[] normal) {
    this.normal = normal;
    for (int feature = 0; feature < order.length; feature++) {
      // The bits of floats that are at least 0 are in the order of the floats themselves.
      long steepness = ~Float.floatToRawIntBits(Math.abs(normal[feature])) & INDEX;
      order[feature] = steepness << Integer.SIZE | feature;
    }
    Arrays.sort(order);
  }

  @Override
  public double project(double excess, float[] image, Bounds bounds, double[] change) {
    Arrays.fill(change, 0);
    int heading = PlaneProjection.heading(excess);
    double left = Math.abs(excess);
    double sum = 0;
    for (int place = 0; place < order.length && left > 0; place++) {
      int feature = (int) (order[place] & INDEX);
      double weight = Math.abs((double) normal[feature]);
      double direction = heading * Math.signum(normal[feature]);
      double room =
          PlaneProjection.room(
              direction, image[feature], bounds.low(feature), bounds.high(feature));
      double gain = weight * room;
      double move = gain > left ? left / weight : room;
      left -= gain;
      sum += move;
      change[feature] = direction * move;
    }
    return sum;
  }
}
