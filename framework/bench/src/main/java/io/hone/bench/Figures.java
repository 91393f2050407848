package io.hone.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What was measured, by benchmark; only what was selected is there. */
final class Figures {
  private final Map<String, Double> figures = new HashMap<>();

  Figures(Collection<RunResult> results) {
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark().substring("io.hone.bench.".length());
      String examples = result.getParams().getParam("examples");
      String key = examples == null ? name : name + "/" + examples;
      figures.put(key, median(result.getPrimaryResult()));
      for (Map.Entry<String, ? extends Result<?>> more : secondary(result).entrySet()) {
        figures.put(key + "/" + more.getKey(), median(more.getValue()));
      }
    }
  }

  /**
   * Returns the median over iterations: one that something else disturbed does not count, and the
   * score of a counter is their sum.
   */
  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }

  @SuppressWarnings("rawtypes")
  private static Map<String, ? extends Result<?>> secondary(RunResult result) {
    Map<String, Result<?>> typed = new HashMap<>();
    for (Map.Entry<String, Result> more : result.getSecondaryResults().entrySet()) {
      typed.put(more.getKey(), more.getValue());
    }
    return typed;
  }

  /** Returns a figure; of several names the one with the largest. */
  OptionalDouble largest(String... names) {
    OptionalDouble largest = OptionalDouble.empty();
    for (String name : names) {
      Double figure = figures.get(name);
      if (figure != null && (largest.isEmpty() || figure > largest.getAsDouble())) {
        largest = OptionalDouble.of(figure);
      }
    }
    return largest;
  }
}
