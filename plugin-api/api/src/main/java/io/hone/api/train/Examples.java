package io.hone.api.train;

import io.hone.api.data.Tensor;

/**
 * Training or validation examples.
 *
 * @param inputs {@code [N, C, H, W]} in [0, 1]
 * @param targets {@code [N, C, H, W]}; for {@link TrainingTarget.TrueClass} {@code [N, 1]} holding
 *     the class; for {@link TrainingTarget.GoalClass} {@code [N, 2]} holding the class that is
 *     wanted and the true one
 */
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
