package io.hone.plugins.coverage.surprise;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * Distance-based surprise adequacy: the distance of an image's trace from the nearest ordinary
 * trace of its class, divided by the distance of that trace from the nearest one of another class
 * (Kim et al. 2019, section 3.3).
 */
final class TraceDistances {
  private final TraceMatrix traces;

  /** The second distance depends on the ordinary trace alone. */
  private final Map<Integer, Double> toOtherClass = new ConcurrentHashMap<>();

  TraceDistances(TraceMatrix traces) {
    this.traces = traces;
  }

  private record Nearest(int row, double distance) {}

  /**
   * Returns the surprise of a trace; empty where the profile has no trace of its class or of
   * another class, and where the same trace belongs to both.
   */
  OptionalDouble surprise(float[] trace, int prediction) {
    Nearest own = nearest(trace, row -> traces.classes().get(row) == prediction);
    if (own.row() < 0) {
      return OptionalDouble.empty();
    }
    double other = toOtherClass.computeIfAbsent(own.row(), row -> distanceToOther(row, prediction));
    return other > 0 && Double.isFinite(other)
        ? OptionalDouble.of(own.distance() / other)
        : OptionalDouble.empty();
  }

  private double distanceToOther(int row, int prediction) {
    return nearest(traces.rows().get(row), other -> traces.classes().get(other) != prediction)
        .distance();
  }

  /** Of equally near traces the first is the nearest. */
  private Nearest nearest(float[] trace, IntPredicate among) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int row = 0; row < traces.rows().size(); row++) {
      if (among.test(row)) {
        double squared = squaredDistance(trace, traces.rows().get(row), least);
        if (squared < least) {
          least = squared;
          nearest = row;
        }
      }
    }
    return new Nearest(nearest, Math.sqrt(least));
  }

  /** Returns the squared distance, or a part of it that is not below a limit. */
  private static double squaredDistance(float[] one, float[] other, double limit) {
    double sum = 0;
    for (int index = 0; index < one.length && sum < limit; index++) {
      double difference = (double) one[index] - other[index];
      sum += difference * difference;
    }
    return sum;
  }
}
