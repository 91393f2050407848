package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Bounds;

/**
 * The way to a plane that all features share: each moves at a rate of its own, until its bounds end
 * its part of the way.
 */
final class SharedWay {
  private final CappedSum progress;
  private final double[] signs;
  private final double[] weights;
  private final boolean squared;

  /**
   * Creates a way for images of so many features.
   *
   * @param squared whether a feature moves in proportion to its weight, so that it brings the plane
   *     nearer by the square of its weight; otherwise all move alike, and it is the weight
   */
  SharedWay(int features, boolean squared) {
    progress = new CappedSum(features);
    signs = new double[features];
    weights = new double[features];
    this.squared = squared;
  }

  /** Turns to another plane with this normal. */
  void face(float[] normal) {
    for (int feature = 0; feature < normal.length; feature++) {
      double weight = Math.abs((double) normal[feature]);
      signs[feature] = Math.signum(normal[feature]);
      weights[feature] = weight;
      progress.setRate(feature, squared ? weight * weight : weight);
    }
  }

  /**
   * Returns the level at which the plane is met, infinity where it never is.
   *
   * @param rooms receives how far each feature can move
   */
  double level(double excess, float[] image, Bounds bounds, double[] rooms) {
    int heading = PlaneProjection.heading(excess);
    for (int feature = 0; feature < image.length; feature++) {
      double room =
          PlaneProjection.room(
              heading * signs[feature], image[feature], bounds.low(feature), bounds.high(feature));
      rooms[feature] = room;
      progress.setCap(feature, weights[feature] * room);
    }
    return progress.level(Math.abs(excess));
  }

  /** Returns the size of a feature's part of the normal. */
  double weight(int feature) {
    return weights[feature];
  }

  /** Returns the sign of a feature's part of the normal. */
  double sign(int feature) {
    return signs[feature];
  }
}
