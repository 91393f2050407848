package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import java.util.Arrays;
import java.util.Optional;

/** The nearest adversarial example of each sample of a batch that a search has seen so far. */
final class NearestExamples {
  private final Batch clean;
  private final Norm norm;
  private final Optional<Ball> ball;
  private final Tensor nearest;
  private final double[] distances;
  private final double[] margins;

  /**
   * Starts without an example.
   *
   * @param nearest receives the examples in the rows of the batch
   */
  NearestExamples(Batch clean, Norm norm, Optional<Ball> ball, Tensor nearest) {
    this.clean = clean;
    this.norm = norm;
    this.ball = ball;
    this.nearest = nearest;
    this.distances = new double[clean.size()];
    this.margins = new double[clean.size()];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
  }

  /**
   * Keeps an adversarial example if it is nearer than the one before.
   *
   * @param center the clean image
   * @param margin the attacker's margin, at most 0
   */
  void offer(int row, float[] image, float[] center, double margin) {
    double distance = norm.distance(image, center);
    if (distance < distances[row]) {
      distances[row] = distance;
      margins[row] = margin;
      nearest.setRow(row, image);
    }
  }

  /** Returns the distance of a row's example, infinity where there is none. */
  double distance(int row) {
    return distances[row];
  }

  boolean has(int row) {
    return distances[row] < Double.POSITIVE_INFINITY;
  }

  /** Returns whether a row has an example, and one within the ball where there is a ball. */
  boolean suffices(int row) {
    return has(row) && (ball.isEmpty() || distances[row] <= ball.get().radius());
  }

  /** Returns the attacker's margin at a row's example. */
  double margin(int row) {
    return margins[row];
  }

  float[] image(int row) {
    return nearest.row(row);
  }

  /** Puts the clean image where an example is too far away to count. */
  void dropDistant(int row) {
    if (!suffices(row)) {
      nearest.copyRow(row, clean.pixels(), row);
    }
  }
}
