package io.hone.onnxruntime.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that the next step of a network depends on, besides its examples.
 *
 * @param tensors weights and what the optimiser keeps of them, by the name that they have in the
 *     graph; in row-major order
 * @param statistics running means and variances by the name that they have in the file
 * @param steps how many steps were made
 */
public record NetworkState(
    Map<String, float[]> tensors, Map<String, float[]> statistics, long steps) {
  /** Copies the maps. */
  public NetworkState {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    statistics = Collections.unmodifiableMap(new LinkedHashMap<>(statistics));
  }
}
