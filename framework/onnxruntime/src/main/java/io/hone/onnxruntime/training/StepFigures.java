package io.hone.onnxruntime.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a step tells.
 *
 * @param losses each part of the loss before the step, times its weight, by the part's name
 * @param gradientNorm the L2 norm of the gradient of all weights, before it is scaled down
 */
public record StepFigures(Map<String, Double> losses, double gradientNorm) {
  /** Copies the map. */
  public StepFigures {
    losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
  }

  /** Returns the sum of all parts. */
  public double loss() {
    return losses.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
