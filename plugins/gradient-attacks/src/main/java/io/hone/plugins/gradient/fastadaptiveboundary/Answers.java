package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Tensor;
import io.hone.api.model.LossGradient;

/** What the model answered about the images that the samples of a batch have reached. */
final class Answers {
  private static final float[] UNKNOWN = {};

  private final float[][] logits;
  private final float[][] slopes;
  private final int[] predicted;

  /** Starts with nothing known of any row of a batch. */
  Answers(int rows) {
    logits = new float[rows][];
    slopes = new float[rows][];
    predicted = new int[rows];
    for (int row = 0; row < rows; row++) {
      forget(row);
    }
  }

  /** Takes the logits that one row of an answer holds. */
  void take(int row, Tensor answer, int index) {
    logits[row] = answer.row(index);
    predicted[row] = answer.argmax(index);
    slopes[row] = UNKNOWN;
  }

  /** Takes the logits and the gradient of the loss that one row of an answer holds. */
  void take(int row, LossGradient answer, int index) {
    take(row, answer.logits(), index);
    slopes[row] = answer.gradient().row(index);
  }

  /** Takes what others know of a row. */
  void take(int row, Answers others) {
    logits[row] = others.logits[row];
    predicted[row] = others.predicted[row];
    slopes[row] = others.slopes[row];
  }

  /** Forgets a row, because its image has changed. */
  void forget(int row) {
    logits[row] = UNKNOWN;
    predicted[row] = -1;
    slopes[row] = UNKNOWN;
  }

  /** Returns the logits of a row that was asked about. */
  float[] logits(int row) {
    return logits[row];
  }

  /** Returns the class of the largest logit; -1 where a logit is NaN or nothing is known. */
  int predicted(int row) {
    return predicted[row];
  }

  /** Returns whether the gradient of the loss is known. */
  boolean hasSlope(int row) {
    return slopes[row].length > 0;
  }

  /** Returns the gradient of the loss, where it is known. */
  float[] slope(int row) {
    return slopes[row];
  }
}
