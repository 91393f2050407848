package io.hone.plugins.gradient.autopgd;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.run.NormalNumbers;
import java.util.random.RandomGenerator;

/**
 * Where a run starts: in Linf and L2 at a random point on the border of the ball, in L1 at the
 * point of the ball next to Gaussian noise.
 */
final class StartingPoint {
  private StartingPoint() {}

  /** Moves a clean image in place to a random starting point within a ball and bounds. */
  static void draw(float[] image, Ball ball, Bounds bounds, RandomGenerator random) {
    float[] center = image.clone();
    double[] change = new double[image.length];
    switch (ball.norm()) {
      case LINF -> {
        double largest = 0;
        for (int feature = 0; feature < change.length; feature++) {
          change[feature] = 2 * random.nextDouble() - 1;
          largest = Math.max(largest, Math.abs(change[feature]));
        }
        scale(change, ball.radius() / largest);
      }
      case L2 -> {
        double squares = gaussian(change, random);
        scale(change, ball.radius() / Math.sqrt(squares));
      }
      case L1 -> gaussian(change, random);
    }
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = (float) (image[feature] + change[feature]);
    }
    ball.project(image, center, bounds);
  }

  /** Fills in normally distributed numbers and returns the sum of their squares. */
  private static double gaussian(double[] change, RandomGenerator random) {
    NormalNumbers normal = new NormalNumbers(random);
    double squares = 0;
    for (int feature = 0; feature < change.length; feature++) {
      change[feature] = normal.next();
      squares += change[feature] * change[feature];
    }
    return squares;
  }

  private static void scale(double[] change, double factor) {
    // Draws that are all 0 leave the clean image as the start.
    if (Double.isFinite(factor)) {
      for (int feature = 0; feature < change.length; feature++) {
        change[feature] *= factor;
      }
    }
  }
}
