package io.hone.plugins.coverage;

import java.util.BitSet;
import java.util.List;

/**
 * Strong neuron activation coverage: the share of neurons that some answer brought above their
 * range (Ma et al. 2018, DeepGauge, section 4.1).
 */
record StrongCoverage(NeuronRanges ranges) implements Criterion {
  @Override
  public List<CoverageFigure> figures(int neurons) {
    return List.of(new CoverageFigure("snac", neurons));
  }

  @Override
  public void cover(LayerAnswers answers, CoveredSets covered) {
    BitSet set = covered.set(0);
    answers.forEach(
        (neuron, answer) -> {
          if (answer > ranges.high(neuron) && ranges.isKnown(neuron)) {
            set.set(neuron);
          }
        });
  }
}
