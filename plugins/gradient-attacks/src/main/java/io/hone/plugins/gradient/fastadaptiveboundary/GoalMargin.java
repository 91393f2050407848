package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Batch;
import io.hone.api.model.LogitLoss;
import io.hone.api.model.Loss;

/** How much the deciding logit lacks for success: above 0 before the boundary, below 0 beyond. */
final class GoalMargin {
  private GoalMargin() {}

  /** Returns the margin of a row's goal at an image with these logits. */
  static double of(Batch clean, int row, float[] logits) {
    Loss loss = Loss.margin(clean.targeted(), Float.POSITIVE_INFINITY);
    int looked = clean.targeted() ? clean.target(row) : clean.label(row);
    return LogitLoss.of(loss, logits, looked).value();
  }
}
