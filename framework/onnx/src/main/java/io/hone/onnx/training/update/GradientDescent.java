package io.hone.onnx.training.update;

import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent: {@code v = momentum v + g}, then {@code w = w - rate v}, or {@code w
 * - rate (g + momentum v)} in Nesterov's form, as PyTorch has both.
 *
 * @param momentum share of the step before, from 0 to below 1
 * @param nesterov whether the gradient is looked at once more after the momentum
 */
public record GradientDescent(float momentum, boolean nesterov) implements Optimizer {
  static final String RATE = "rate";
  static final String VELOCITY = "velocity";

  /** Checks the momentum. */
  public GradientDescent {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum is from 0 to below 1, not " + momentum);
    }
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("Nesterov's form needs a momentum above 0");
    }
  }

  @Override
  public List<String> states() {
    return momentum == 0 ? List.of() : List.of(VELOCITY);
  }

  @Override
  public Map<String, Float> numbers(double rate, long step) {
    return Map.of(RATE, (float) rate);
  }
}
