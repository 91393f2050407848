package io.hone.api.metric;

import java.util.Map;

/**
 * Folds outcomes into figures. Adding and merging in any order gives exactly the same value; calls
 * come from one thread at a time.
 */
public interface Accumulator {
  /** Takes in one sample. */
  void add(Outcome outcome);

  /** Takes in everything that another accumulator of the same metric took in. */
  void merge(Accumulator other);

  /**
   * Returns the figures by name, {@code .} separating levels ({@code l0.mean}); a figure that does
   * not exist (no success to average over) is left out.
   */
  Map<String, Double> value();
}
