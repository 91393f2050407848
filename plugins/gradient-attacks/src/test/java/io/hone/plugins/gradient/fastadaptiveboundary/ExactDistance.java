package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Norm;
import java.util.stream.IntStream;

/** The distance of an image of [0, 1] to a plane, by bisection on what a radius can achieve. */
final class ExactDistance {
  private ExactDistance() {}

  /**
   * Returns the distance; infinity where no image of [0, 1] is on the plane.
   *
   * @param weights of the function that is 0 on the plane
   * @param excess value of the function at the image, below 0
   */
  static double toPlane(Norm norm, double[] weights, double excess, float[] image) {
    double low = 0;
    double high = norm.diameter(image.length);
    if (gain(norm, weights, image, high) < -excess) {
      return Double.POSITIVE_INFINITY;
    }
    for (int round = 0; round < 60; round++) {
      double middle = (low + high) / 2;
      if (gain(norm, weights, image, middle) < -excess) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Returns by how much the function can grow within a radius. */
  private static double gain(Norm norm, double[] weights, float[] image, double radius) {
    return switch (norm) {
      case LINF -> shared(weights, image, any -> radius);
      case L2 -> {
        double low = 0;
        double high = 1e9;
        for (int round = 0; round < 100; round++) {
          double middle = (low + high) / 2;
          if (length(weights, image, middle) < radius) {
            low = middle;
          } else {
            high = middle;
          }
        }
        double level = low;
        yield shared(weights, image, weight -> level * Math.abs(weight));
      }
      case L1 -> greedy(weights, image, radius);
    };
  }

  private interface Move {
    double of(double weight);
  }

  private static double room(double weight, float value) {
    return weight > 0 ? 1.0 - value : value;
  }

  private static double shared(double[] weights, float[] image, Move move) {
    return IntStream.range(0, weights.length)
        .mapToDouble(
            feature -> {
              double weight = weights[feature];
              double moved = Math.min(move.of(weight), room(weight, image[feature]));
              return Math.abs(weight) * moved;
            })
        .sum();
  }

  private static double length(double[] weights, float[] image, double level) {
    double sum = 0;
    for (int feature = 0; feature < weights.length; feature++) {
      double weight = weights[feature];
      double moved = Math.min(level * Math.abs(weight), room(weight, image[feature]));
      sum += moved * moved;
    }
    return Math.sqrt(sum);
  }

  private static double greedy(double[] weights, float[] image, double radius) {
    int[] steepestFirst =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted((a, b) -> Double.compare(Math.abs(weights[b]), Math.abs(weights[a])))
            .mapToInt(Integer::intValue)
            .toArray();
    double left = radius;
    double gain = 0;
    for (int feature : steepestFirst) {
      double moved = Math.min(left, room(weights[feature], image[feature]));
      left -= moved;
      gain += moved * Math.abs(weights[feature]);
    }
    return gain;
  }
}
