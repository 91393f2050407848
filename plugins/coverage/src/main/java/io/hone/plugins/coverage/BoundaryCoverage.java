package io.hone.plugins.coverage;

import java.util.BitSet;
import java.util.List;

/**
 * Neuron boundary coverage: the share of both sides of all neurons' ranges beyond which some answer
 * was (Ma et al. 2018, DeepGauge, section 4.1). An answer at the end of the range is not beyond it.
 */
record BoundaryCoverage(NeuronRanges ranges) implements Criterion {
  private static final int SIDES = 2;

  @Override
  public List<CoverageFigure> figures(int neurons) {
    return List.of(new CoverageFigure("nbc", SIDES * neurons));
  }

  @Override
  public void cover(LayerAnswers answers, CoveredSets covered) {
    BitSet set = covered.set(0);
    answers.forEach(
        (neuron, answer) -> {
          if (answer < ranges.low(neuron) && ranges.isKnown(neuron)) {
            set.set(SIDES * neuron);
          } else if (answer > ranges.high(neuron) && ranges.isKnown(neuron)) {
            set.set(SIDES * neuron + 1);
          }
        });
  }
}
