package io.hone.learning.trainer;

import io.hone.api.data.Tensor;

/** Compares what a classifier answers with what it should. */
final class Predictions {
  private Predictions() {}

  /**
   * Returns how many rows have the class that is wanted.
   *
   * @param logits {@code [N, K]}
   */
  static int right(Tensor logits, int[] wanted) {
    int right = 0;
    for (int row = 0; row < wanted.length; row++) {
      right += logits.argmax(row) == wanted[row] ? 1 : 0;
    }
    return right;
  }
}
