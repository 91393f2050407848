package io.hone.api.train;

import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;

/**
 * Pairs of input and target that a {@link Recipe} made of some images.
 *
 * @param rows the row of the image that each pair was made of: all pairs of an image are learned
 *     from, or all are validated on
 * @param inputs {@code [N, C, H, W]}, images of the data set's shape in [0, 1]
 * @param targets {@code [N, ...]}, finite numbers, rows of one size throughout the training
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Pairs(int[] rows, Tensor inputs, Tensor targets) {
  /** Checks that there are as many rows, inputs and targets. */
  public Pairs {
    if (inputs.rows() != rows.length || targets.rows() != rows.length) {
      throw new IllegalArgumentException(
          "pairs of "
              + rows.length
              + " rows need as many inputs and targets, not "
              + inputs.rows()
              + " and "
              + targets.rows());
    }
  }
}
