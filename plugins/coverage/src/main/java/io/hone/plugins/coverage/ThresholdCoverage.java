package io.hone.plugins.coverage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Neuron coverage: the share of neurons whose answer to some input is above a threshold (Pei et al.
 * 2017, section 4.1).
 */
final class ThresholdCoverage implements Criterion<ThresholdCoverage> {
  private final int neurons;
  private final boolean scaled;
  private final double[] thresholds;
  private final Bits[] above;

  /**
   * Starts with nothing covered.
   *
   * @param neurons of all layers
   * @param scaled whether the answers of each layer to each input are brought to [0, 1] first
   */
  ThresholdCoverage(int neurons, boolean scaled, List<Double> thresholds) {
    this.neurons = neurons;
    this.scaled = scaled;
    this.thresholds = thresholds.stream().mapToDouble(Double::doubleValue).toArray();
    this.above = new Bits[this.thresholds.length];
    for (int i = 0; i < above.length; i++) {
      above[i] = new Bits();
    }
  }

  @Override
  public void add(LayerAnswers answers) {
    int first = 0;
    for (int layer = 0; layer < answers.layers(); layer++) {
      float[] values = scaled ? answers.scaled(layer) : answers.raw(layer);
      for (int i = 0; i < thresholds.length; i++) {
        for (int neuron = 0; neuron < values.length; neuron++) {
          if (values[neuron] > thresholds[i]) {
            above[i].add(first + neuron);
          }
        }
      }
      first += values.length;
    }
  }

  @Override
  public void merge(ThresholdCoverage other) {
    for (int i = 0; i < above.length; i++) {
      above[i].addAll(other.above[i]);
    }
  }

  @Override
  public Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>();
    for (int i = 0; i < above.length; i++) {
      figures.put("nc.above_" + name(thresholds[i]), above[i].share(neurons));
    }
    return figures;
  }

  private static String name(double threshold) {
    return BigDecimal.valueOf(threshold).stripTrailingZeros().toPlainString().replace('.', '_');
  }

  @Override
  public void write(DataOutput output) throws IOException {
    for (Bits bits : above) {
      bits.write(output);
    }
  }

  @Override
  public void read(DataInput input) throws IOException {
    for (Bits bits : above) {
      bits.read(input);
    }
  }
}
