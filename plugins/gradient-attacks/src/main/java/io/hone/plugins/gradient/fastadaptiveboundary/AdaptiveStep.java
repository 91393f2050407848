package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;
import io.hone.plugins.gradient.NearestPlane;

/**
 * One step to a linearised boundary: beyond the projection of the image, and pulled toward the
 * projection of the clean image, which keeps the path near to the clean image.
 *
 * <p>Source: Croce and Hein 2020 (Fast Adaptive Boundary Attack), algorithm 1.
 */
final class AdaptiveStep {
  /** What a change counts at least as, so that there always is a share. */
  private static final double LEAST_LENGTH = 1e-8;

  private final double largestShare;
  private final double stretch;
  private final PlaneProjection projection;
  private final double[] change;
  private final double[] cleanChange;

  /**
   * Creates a step for images of one size.
   *
   * @param largestShare most that the projection of the clean image counts
   * @param stretch what changes are multiplied by to cross the boundary
   */
  AdaptiveStep(double largestShare, double stretch, PlaneProjection projection, int features) {
    this.largestShare = largestShare;
    this.stretch = stretch;
    this.projection = projection;
    this.change = new double[features];
    this.cleanChange = new double[features];
  }

  /** Moves an image in place. */
  void take(NearestPlane plane, float[] image, float[] clean, Bounds bounds) {
    float[] normal = plane.normal();
    double cleanExcess = plane.difference();
    for (int feature = 0; feature < image.length; feature++) {
      cleanExcess += normal[feature] * ((double) clean[feature] - image[feature]);
    }
    projection.face(normal);
    double length =
        Math.max(LEAST_LENGTH, projection.project(plane.difference(), image, bounds, change));
    double cleanLength =
        Math.max(LEAST_LENGTH, projection.project(cleanExcess, clean, bounds, cleanChange));
    double share = Math.min(largestShare, length / (length + cleanLength));
    for (int feature = 0; feature < image.length; feature++) {
      double ahead = image[feature] + stretch * change[feature];
      double back = clean[feature] + stretch * cleanChange[feature];
      image[feature] = (float) ((1 - share) * ahead + share * back);
    }
    bounds.clip(image);
  }

  /**
   * Moves an image in place toward the clean image where no gradient tells a direction.
   *
   * @return whether that changed the image
   */
  boolean retreat(float[] image, float[] clean) {
    boolean moved = false;
    for (int feature = 0; feature < image.length; feature++) {
      float before = image[feature];
      image[feature] = between(clean[feature], before, 1 - largestShare);
      moved |= image[feature] != before;
    }
    return moved;
  }

  /** Returns the value at a share of the way from one value to another. */
  static float between(float from, float to, double share) {
    return (float) (from + share * ((double) to - from));
  }
}
