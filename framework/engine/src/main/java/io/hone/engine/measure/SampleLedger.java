package io.hone.engine.measure;

import io.hone.api.metric.Outcome;
import io.hone.api.metric.ValueAccumulator;
import java.util.Map;
import java.util.TreeMap;

/** Queries per sample, and the figures that a component noted of its samples. */
final class SampleLedger extends ValueAccumulator {
  static final String NOTE = "note.";

  void put(String figure, double value) {
    record(figure, value);
  }

  double meanOf(String figure) {
    return count(figure) == 0 ? 0 : mean(figure);
  }

  @Override
  public void add(Outcome outcome) {
    throw new IllegalStateException("the ledger takes in rows, not outcomes");
  }

  @Override
  public Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>();
    for (String figure : figureNames()) {
      if (figure.startsWith(NOTE)) {
        String name = figure.substring(NOTE.length());
        figures.put(name + ".mean", mean(figure));
        figures.put(name + ".sum", sum(figure));
      }
    }
    return figures;
  }
}
