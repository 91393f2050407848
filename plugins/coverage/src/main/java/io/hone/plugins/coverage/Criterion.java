package io.hone.plugins.coverage;

import java.util.List;

/** Tells which states of a network an input covers. */
interface Criterion {
  /**
   * Returns the figures.
   *
   * @param neurons of all layers
   */
  List<CoverageFigure> figures(int neurons);

  /**
   * Covers states.
   *
   * @param answers of the neurons to one input
   * @param covered takes the states: a set for each of {@link #figures}, in their order
   */
  void cover(LayerAnswers answers, CoveredSets covered);
}
