package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What some inputs have covered by every criterion of the metric. */
record CoveredStates(
    ThresholdCoverage thresholds, TopNeuronCoverage top, TopNeuronPatterns patterns) {
  void add(LayerAnswers answers) {
    thresholds.add(answers);
    top.add(answers);
    patterns.add(answers);
  }

  void merge(CoveredStates other) {
    thresholds.merge(other.thresholds);
    top.merge(other.top);
    patterns.merge(other.patterns);
  }

  Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>(thresholds.value());
    figures.putAll(top.value());
    figures.putAll(patterns.value());
    return figures;
  }

  void write(DataOutput output) throws IOException {
    thresholds.write(output);
    top.write(output);
    patterns.write(output);
  }

  void read(DataInput input) throws IOException {
    thresholds.read(input);
    top.read(input);
    patterns.read(input);
  }
}
