package io.hone.engine.results;

import io.hone.host.figure.FigurePath;
import io.hone.host.figure.FigureTree;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How certain an entry's rates are, and how they differ between classes.
 *
 * @param intervals of the entry's rates, by their paths
 * @param classes the classes with samples, in ascending order
 * @param worst the class with the lowest accuracy, if one can be named
 */
public record StepStatistics(
    Map<String, RateInterval> intervals, List<ClassSummary> classes, Optional<ClassSummary> worst) {
  /** Classes with fewer samples are never the worst: one sample would move their rate too far. */
  public static final int FEWEST_SAMPLES = 10;

  /** What is known of results that an earlier version wrote. */
  static final StepStatistics NONE = new StepStatistics(Map.of(), List.of(), Optional.empty());

  /** Returns the statistics of an entry, its worst class found. */
  public static StepStatistics of(Map<String, RateInterval> intervals, List<ClassSummary> classes) {
    return new StepStatistics(intervals, classes, worst(classes));
  }

  /**
   * Returns the class with the lowest accuracy among the classes with enough samples. Of classes
   * with equal accuracy it is the class with the highest success rate, then with the lowest number.
   */
  private static Optional<ClassSummary> worst(List<ClassSummary> classes) {
    return classes.stream()
        .filter(candidate -> candidate.samples() >= FEWEST_SAMPLES)
        .filter(candidate -> !Double.isNaN(candidate.rate(FigurePath.RANKING)))
        .min(
            Comparator.comparingDouble(
                    (ClassSummary candidate) -> candidate.rate(FigurePath.RANKING))
                .thenComparingDouble(StepStatistics::withoutSuccess)
                .thenComparingInt(ClassSummary::number));
  }

  private static double withoutSuccess(ClassSummary candidate) {
    double success = candidate.rate("success_rate");
    return Double.isNaN(success) ? 1 : 1 - success;
  }

  /** Returns a figure, or a part of the interval of a rate. */
  static OptionalDouble find(
      Map<String, Object> metrics, Map<String, RateInterval> intervals, FigurePath path) {
    if (path.part().isEmpty()) {
      return FigureTree.find(metrics, path.figure());
    }
    RateInterval interval = intervals.get(path.figure());
    return interval == null ? OptionalDouble.empty() : interval.part(path.part().get());
  }
}
