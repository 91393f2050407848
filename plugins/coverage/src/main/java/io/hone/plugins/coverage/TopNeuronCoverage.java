package io.hone.plugins.coverage;

import java.util.List;

/**
 * Top-k neuron coverage: the share of neurons that were once among the k neurons of their layer
 * that answer most (Ma et al. 2018, DeepGauge, section 4.2).
 *
 * @param sizes each k
 */
record TopNeuronCoverage(List<Integer> sizes) implements Criterion {
  @Override
  public List<CoverageFigure> figures(int neurons) {
    return sizes.stream().map(size -> new CoverageFigure(figure(size), neurons)).toList();
  }

  private static String figure(int size) {
    return "tknc.top_" + size;
  }

  @Override
  public void cover(LayerAnswers answers, CoveredSets covered) {
    int largest = sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
    int first = 0;
    for (int layer = 0; layer < answers.layers(); layer++) {
      int[] top = answers.top(layer, largest);
      for (int index = 0; index < sizes.size(); index++) {
        for (int rank = 0; rank < Math.min(sizes.get(index), top.length); rank++) {
          covered.set(index).set(first + top[rank]);
        }
      }
      first += answers.raw(layer).length;
    }
  }
}
