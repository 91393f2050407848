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
  private final CoveredSets covered;
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
        new CoveredSets(criteria.stream().flatMap(each -> each.figures(neurons).stream()).toList());
    this.patterns = new TopNeuronPatterns(patternSizes);
  }

  void add(LayerAnswers answers) {
    criteria.forEach(criterion -> criterion.cover(answers, covered));
    patterns.add(answers);
  }

  void merge(CoveredStates other) {
    covered.merge(other.covered);
    patterns.merge(other.patterns);
  }

  Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>(covered.value());
    figures.putAll(patterns.value());
    return figures;
  }

  void write(DataOutput output) throws IOException {
    covered.write(output);
    patterns.write(output);
  }

  void read(DataInput input) throws IOException {
    covered.read(input);
    patterns.read(input);
  }
}
