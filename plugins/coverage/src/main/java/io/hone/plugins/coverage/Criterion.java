package io.hone.plugins.coverage;

import java.util.List;

/** Tells which neurons an input covers. */
interface Criterion {
  /** Returns the names of the figures, each the share of the neurons that are covered. */
  List<String> figures();

  /**
   * Covers neurons.
   *
   * @param answers of the neurons to one input
   * @param covered takes the neurons under {@link #figures}
   */
  void cover(LayerAnswers answers, CoveredNeurons covered);
}
