package io.hone.plugins.coverage.surprise;

import io.hone.api.metric.Outcome;
import io.hone.api.metric.ValueAccumulator;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How much the images of a step surprise the model, and how many degrees of it they reach. */
final class SurpriseAccumulator extends ValueAccumulator {
  private final List<Measure> measures;
  private final ActivationTraces traces;
  private final Map<String, Double> known;
  private final int buckets;

  /** Measures the surprise of one trace. */
  interface Adequate {
    OptionalDouble surprise(float[] trace, int prediction);
  }

  /**
   * One kind of surprise.
   *
   * @param upper the end of the last bucket; the first one begins at 0
   */
  record Measure(String figure, double upper, Adequate adequate) {}

  /**
   * Starts with no image.
   *
   * @param known figures that do not depend on the step's images
   */
  SurpriseAccumulator(
      List<Measure> measures, ActivationTraces traces, Map<String, Double> known, int buckets) {
    this.measures = measures;
    this.traces = traces;
    this.known = known;
    this.buckets = buckets;
  }

  @Override
  public void add(Outcome outcome) {
    int prediction = outcome.verdict().prediction();
    traces
        .trace(outcome.activations().orElseThrow().emitted())
        .ifPresent(
            trace ->
                measures.forEach(
                    measure ->
                        measure
                            .adequate()
                            .surprise(trace, prediction)
                            .ifPresent(surprise -> record(measure.figure(), surprise))));
  }

  @Override
  public Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>(known);
    for (Measure measure : measures) {
      String figure = measure.figure();
      figures.put(figure + ".samples", (double) count(figure));
      if (count(figure) > 0) {
        figures.put(figure + ".mean", mean(figure));
        figures.put(figure + ".median", median(figure));
        figures.put(figure + ".max", max(figure));
        figures.put(figure + ".coverage", coverage(sorted(figure), measure.upper()));
      }
    }
    return figures;
  }

  /** Returns the share of the buckets that some value fell into. */
  private double coverage(double[] values, double upper) {
    BitSet reached = new BitSet();
    for (double value : values) {
      if (value >= 0 && value <= upper) {
        reached.set(Math.min((int) (value / upper * buckets), buckets - 1));
      }
    }
    return reached.cardinality() / (double) buckets;
  }
}
