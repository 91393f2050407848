package io.hone.api.train;

import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;

/**
 * Training or validation examples.
 *
 * @param inputs {@code [N, C, H, W]} in [0, 1]
 * @param targets {@code [N, ...]}, as the trainer's {@link Recipe} made them
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Examples(Tensor inputs, Tensor targets) {
  /** Checks that every input has a target. */
  public Examples {
    if (inputs.rows() != targets.rows()) {
      throw new IllegalArgumentException(
          inputs.rows() + " inputs for " + targets.rows() + " targets");
    }
  }

  /** Returns the number of examples. */
  public int size() {
    return inputs.rows();
  }
}
