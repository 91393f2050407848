package io.hone.learning.loop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an epoch led to.
 *
 * @param loss that the best epoch has the smallest of: of the validation examples, or of the
 *     training examples where there are no others
 * @param values all figures by name, such as {@code training_loss} and {@code validation_accuracy}
 */
record EpochFigures(double loss, Map<String, Double> values) {
  /** Copies the map and keeps its order. */
  EpochFigures {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
