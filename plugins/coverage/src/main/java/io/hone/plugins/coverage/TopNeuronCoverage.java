package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Top-k neuron coverage: the share of neurons that were once among the k neurons of their layer
 * that answer most (Ma et al. 2018, DeepGauge, section 4.2).
 */
final class TopNeuronCoverage implements Criterion<TopNeuronCoverage> {
  private final int neurons;
  private final List<Integer> sizes;
  private final List<Bits> covered;

  /**
   * Starts with nothing covered.
   *
   * @param neurons of all layers
   * @param sizes each k
   */
  TopNeuronCoverage(int neurons, List<Integer> sizes) {
    this.neurons = neurons;
    this.sizes = sizes;
    this.covered = sizes.stream().map(size -> new Bits()).toList();
  }

  @Override
  public void add(LayerAnswers answers) {
    int first = 0;
    for (int layer = 0; layer < answers.layers(); layer++) {
      float[] values = answers.raw(layer);
      for (int i = 0; i < sizes.size(); i++) {
        for (int neuron : TopNeurons.of(values, sizes.get(i))) {
          covered.get(i).add(first + neuron);
        }
      }
      first += values.length;
    }
  }

  @Override
  public void merge(TopNeuronCoverage other) {
    for (int i = 0; i < sizes.size(); i++) {
      covered.get(i).addAll(other.covered.get(i));
    }
  }

  @Override
  public Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>();
    for (int i = 0; i < sizes.size(); i++) {
      figures.put("tknc.top_" + sizes.get(i), covered.get(i).share(neurons));
    }
    return figures;
  }

  @Override
  public void write(DataOutput output) throws IOException {
    for (Bits bits : covered) {
      bits.write(output);
    }
  }

  @Override
  public void read(DataInput input) throws IOException {
    for (Bits bits : covered) {
      bits.read(input);
    }
  }
}
