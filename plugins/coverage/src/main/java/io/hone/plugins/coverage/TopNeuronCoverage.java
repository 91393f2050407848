package io.hone.plugins.coverage;

import java.util.BitSet;
import java.util.Collections;
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
    int first = 0;
    for (int layer = 0; layer < answers.layers(); layer++) {
      int[] top = answers.top(layer, Collections.max(sizes));
      for (int size : sizes) {
        BitSet set = covered.set(figure(size));
        for (int rank = 0; rank < Math.min(size, top.length); rank++) {
          set.set(first + top[rank]);
        }
      }
      first += answers.raw(layer).length;
    }
  }
}
