package io.hone.plugins.coverage.surprise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Likelihood-based surprise adequacy: minus the logarithm of the density of an image's trace among
 * the traces of ordinary images of the same class (Kim et al. 2019, section 3.2).
 *
 * <p>A neuron that hardly varies within some class is left out for all classes, as the authors'
 * code does.
 */
final class ClassDensities {
  private final int[] kept;
  private final Map<Integer, KernelDensity> densities = new HashMap<>();

  /**
   * Estimates the density of each class. A class whose traces do not spread in every direction, as
   * with fewer traces than neurons, has none.
   *
   * @param leastVariance of a neuron that is kept, within each class of at least two traces
   */
  ClassDensities(TraceMatrix traces, double leastVariance) {
    Map<Integer, List<Integer>> members = traces.byClass();
    int length = traces.rows().isEmpty() ? 0 : traces.rows().get(0).length;
    this.kept =
        IntStream.range(0, length)
            .filter(
                neuron ->
                    members.values().stream()
                        .filter(rows -> rows.size() > 1)
                        .allMatch(rows -> variance(traces, rows, neuron) >= leastVariance))
            .toArray();
    members.forEach(
        (label, rows) ->
            KernelDensity.of(rows.stream().map(row -> kept(traces.rows().get(row))).toList())
                .ifPresent(density -> densities.put(label, density)));
  }

  private static double variance(TraceMatrix traces, List<Integer> rows, int neuron) {
    double mean = 0;
    for (int row : rows) {
      mean += traces.rows().get(row)[neuron] / (double) rows.size();
    }
    double sum = 0;
    for (int row : rows) {
      double difference = traces.rows().get(row)[neuron] - mean;
      sum += difference * difference;
    }
    return sum / rows.size();
  }

  private double[] kept(float[] trace) {
    return IntStream.of(kept).mapToDouble(neuron -> trace[neuron]).toArray();
  }

  /** Returns how many classes have a density. */
  int classes() {
    return densities.size();
  }

  /** Returns the surprise of a trace; empty where its class has no density. */
  OptionalDouble surprise(float[] trace, int prediction) {
    return Optional.ofNullable(densities.get(prediction))
        .map(density -> OptionalDouble.of(-density.log(kept(trace))))
        .orElse(OptionalDouble.empty());
  }
}
