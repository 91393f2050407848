package io.hone.learning.engine;

import io.hone.api.data.Tensor;

/** Probabilities of logits {@code [N, K]}, in double precision. */
public final class Logits {
  private Logits() {}

  /** Returns the logarithms of a row's probabilities. */
  public static double[] logSoftmax(Tensor logits, int row) {
    double[] numbers = new double[logits.rowSize()];
    double largest = logits.get(row, logits.argmax(row));
    double sum = 0;
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = logits.get(row, k) - largest;
      sum += Math.exp(numbers[k]);
    }
    double logarithm = Math.log(sum);
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] -= logarithm;
    }
    return numbers;
  }

  /** Returns how many rows have the class that is wanted. */
  public static int right(Tensor logits, int[] wanted) {
    int right = 0;
    for (int row = 0; row < wanted.length; row++) {
      right += logits.argmax(row) == wanted[row] ? 1 : 0;
    }
    return right;
  }
}
