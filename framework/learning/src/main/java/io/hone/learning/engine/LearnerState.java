package io.hone.learning.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that the next step of a network depends on, besides its examples.
 *
 * @param arrays weights, statistics and what the optimiser keeps, by names of the engine's own
 * @param steps how many steps were made
 */
public record LearnerState(Map<String, float[]> arrays, long steps) {
  /** Copies the map and keeps its order. */
  public LearnerState {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }
}
