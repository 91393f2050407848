package io.hone.dl4j.samediff;

import io.hone.learning.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that the next training step depends on, besides its examples.
 *
 * @param weights what the network is now
 * @param firstMoments Adam's moving mean of each weight's gradient, by name
 * @param secondMoments Adam's moving mean of its square, by name
 * @param steps how many steps were made
 */
public record TrainingState(
    Weights weights,
    Map<String, float[]> firstMoments,
    Map<String, float[]> secondMoments,
    int steps) {

  /** Returns the state before the first step. */
  public static TrainingState start(Weights weights) {
    Map<String, float[]> zeros = new LinkedHashMap<>();
    weights.values().forEach((name, values) -> zeros.put(name, new float[values.length]));
    return new TrainingState(weights, zeros, zeros, 0);
  }
}
