package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What some inputs have covered by every criterion of the metric. */
final class CoveredStates {
  private final List<Criterion> criteria;
  private final List<CoveredSets> covered;
  private final TopNeuronPatterns patterns;

  /**
   * Starts with nothing covered.
   *
   * @param neurons of all layers
   * @param patternSizes each k of top-k neuron patterns; none where they are not counted
   */
  CoveredStates(int neurons, List<Criterion> criteria, List<Integer> patternSizes) {
    this.criteria = criteria;
    this.covered =
        criteria.stream().map(criterion -> new CoveredSets(criterion.figures(neurons))).toList();
    this.patterns = new TopNeuronPatterns(patternSizes);
  }

  void add(LayerAnswers answers) {
    for (int index = 0; index < criteria.size(); index++) {
      criteria.get(index).cover(answers, covered.get(index));
    }
    patterns.add(answers);
  }

  void merge(CoveredStates other) {
    for (int index = 0; index < covered.size(); index++) {
      covered.get(index).merge(other.covered.get(index));
    }
    patterns.merge(other.patterns);
  }

  Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>();
    covered.forEach(sets -> figures.putAll(sets.value()));
    figures.putAll(patterns.value());
    return figures;
  }

  void write(DataOutput output) throws IOException {
    for (CoveredSets sets : covered) {
      sets.write(output);
    }
    patterns.write(output);
  }

  void read(DataInput input) throws IOException {
    for (CoveredSets sets : covered) {
      sets.read(input);
    }
    patterns.read(input);
  }
}
