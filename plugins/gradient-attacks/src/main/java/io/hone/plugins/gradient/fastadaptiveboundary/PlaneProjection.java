package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;

/**
 * The shortest change, in one norm, that brings an image onto a plane and keeps every feature
 * within its bounds.
 *
 * <p>The plane is the set of images on which a linear function is 0: its gradient is the normal,
 * its value at an image is the excess there. Every feature can only help in one direction, and only
 * as far as its bounds allow. The norms differ in how they share the way among the features. Where
 * all features together cannot reach the plane, each of them goes as far as it can: to the corner
 * of the bounds that is nearest to the plane.
 *
 * <p>An object works for one thread. It serves many planes one after the other, each of which it
 * must face first.
 */
sealed interface PlaneProjection permits LinfProjection, L2Projection, L1Projection {
  /** Returns the projection of a norm, for images of so many features. */
  static PlaneProjection in(Norm norm, int features) {
    return switch (norm) {
      case LINF -> new LinfProjection(features);
      case L2 -> new L2Projection(features);
      case L1 -> new L1Projection(features);
    };
  }

  /**
   * Turns to another plane.
   *
   * @param normal gradient of the function that is 0 on the plane; finite, read until the next call
   */
  void face(float[] normal);

  /**
   * Finds the change of one image.
   *
   * @param excess value of the function at the image; finite
   * @param image within the bounds
   * @param change receives what to add to each feature
   * @return the length of the change
   */
  double project(double excess, float[] image, Bounds bounds, double[] change);

  /** Returns the direction in which features of positive weight bring an excess nearer to 0. */
  static int heading(double excess) {
    return excess > 0 ? -1 : 1;
  }

  /**
   * Returns how far a feature can move. Without branches, because half of them would be
   * mispredicted.
   *
   * @param heading 1 for up, -1 for down, 0 for a feature of no weight
   */
  static double room(double heading, float value, float low, float high) {
    double up = Math.max(0, heading) * ((double) high - value);
    double down = Math.max(0, -heading) * ((double) value - low);
    return Math.max(0, up + down);
  }
}
