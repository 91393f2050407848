package io.hone.plugins.coverage;

import io.hone.api.activation.NeuronLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the neurons of each layer answer to one input. */
final class LayerAnswers {
  private final List<float[]> rows;
  private final List<float[]> raw = new ArrayList<>();
  private final Map<Integer, float[]> scaled = new HashMap<>();
  private final Map<Top, int[]> top = new HashMap<>();

  private record Top(int layer, int size) {}

  private LayerAnswers(Neurons neurons, List<NeuronLayer> layers, List<float[]> rows) {
    this.rows = rows;
    for (int layer = 0; layer < layers.size(); layer++) {
      raw.add(neurons.outputs(layers.get(layer), rows.get(layer)));
    }
  }

  /**
   * Takes the answers of layers.
   *
   * @param row one number for each unit of a layer
   */
  static LayerAnswers of(
      Neurons neurons, List<NeuronLayer> layers, Function<NeuronLayer, float[]> row) {
    return new LayerAnswers(neurons, layers, layers.stream().map(row).toList());
  }

  int layers() {
    return rows.size();
  }

  /** Returns one number for each neuron of a layer; NaN where a unit is NaN. */
  float[] raw(int layer) {
    return raw.get(layer);
  }

  /** Takes the answer of one neuron; neurons are counted over all layers. */
  interface Visitor {
    void visit(int neuron, float answer);
  }

  /** Shows the answer of each neuron, as {@link #raw} has it. */
  void forEach(Visitor visitor) {
    int neuron = 0;
    for (float[] answers : raw) {
      for (float answer : answers) {
        visitor.visit(neuron++, answer);
      }
    }
  }

  /** Returns the neurons of a layer that answer most, as {@link TopNeurons} finds them. */
  int[] top(int layer, int size) {
    return top.computeIfAbsent(new Top(layer, size), of -> TopNeurons.of(raw(layer), size));
  }

  /**
   * Returns the same as {@link #raw}, brought to [0, 1] by the smallest and the largest number of
   * the layer's units. NaN in a layer whose units are all equal, as in DeepXplore, where no neuron
   * of it is then covered.
   */
  float[] scaled(int layer) {
    return scaled.computeIfAbsent(layer, this::scale);
  }

  private float[] scale(int layer) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : rows.get(layer)) {
      // A NaN is no bound: neither comparison holds.
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    float range = high - low;
    float[] values = raw(layer).clone();
    for (int neuron = 0; neuron < values.length; neuron++) {
      values[neuron] = (values[neuron] - low) / range;
    }
    return values;
  }
}
