package io.hone.plugins.coverage;

import java.math.BigDecimal;
import java.util.List;

/**
 * Neuron coverage: the share of neurons whose answer to some input is above a threshold (Pei et al.
 * 2017, section 4.1).
 *
 * @param scaled whether the answers of each layer to each input are brought to [0, 1] first
 */
record ThresholdCoverage(boolean scaled, List<Double> thresholds) implements Criterion {
  /** Sorts the thresholds, since an answer that is not above one is not above the next either. */
  ThresholdCoverage {
    thresholds = thresholds.stream().sorted().toList();
  }

  @Override
  public List<CoverageFigure> figures(int neurons) {
    return thresholds.stream()
        .map(threshold -> new CoverageFigure(figure(threshold), neurons))
        .toList();
  }

  private static String figure(double threshold) {
    String number = BigDecimal.valueOf(threshold).stripTrailingZeros().toPlainString();
    return "nc.above_" + number.replace('.', '_');
  }

  @Override
  public void cover(LayerAnswers answers, CoveredSets covered) {
    double[] rising = thresholds.stream().mapToDouble(Double::doubleValue).toArray();
    int first = 0;
    for (int layer = 0; layer < answers.layers(); layer++) {
      float[] values = scaled ? answers.scaled(layer) : answers.raw(layer);
      for (int neuron = 0; neuron < values.length; neuron++) {
        for (int each = 0; each < rising.length && values[neuron] > rising[each]; each++) {
          covered.set(each).set(first + neuron);
        }
      }
      first += values.length;
    }
  }
}
