package io.hone.plugins.gradient;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.Arrays;

/** Keeps a sample's success or, while there is none, its attempt nearest to one. */
final class BestAttempts {
  private final Batch clean;
  private final Tensor adversarial;
  private final float[] margins;
  private final boolean[] tried;

  /** Starts without an attempt; the best ones will be in the rows of {@code adversarial}. */
  BestAttempts(Batch clean, Tensor adversarial) {
    this.clean = clean;
    this.adversarial = adversarial;
    this.margins = new float[clean.size()];
    this.tried = new boolean[clean.size()];
    Arrays.fill(margins, Float.POSITIVE_INFINITY);
  }

  /**
   * Looks at one attempt of each sample, for one forward query where its success is not known yet.
   *
   * @param unsolved left with the samples that may try again
   * @param succeeded rows of the batch whose attempt is known to succeed
   * @param attempts of the whole batch
   */
  void take(Victim victim, ActiveSamples unsolved, boolean[] succeeded, Tensor attempts, Run run) {
    unsolved.keep(
        index -> {
          int row = unsolved.row(index);
          // Whatever comes of it, a first attempt is better than the clean image.
          if (succeeded[row] || !tried[row]) {
            adversarial.copyRow(row, attempts, row);
            tried[row] = true;
          }
          return !succeeded[row];
        });
    unsolved.keepPaying(victim, 1, run);
    Tensor logits = victim.logits(unsolved.images(attempts));
    unsolved.keep(
        index -> {
          int row = unsolved.row(index);
          int predicted = logits.argmax(index);
          if (predicted < 0) {
            run.giveUp(unsolved.sample(index), Reason.NAN);
          }
          boolean success = unsolved.succeeds(index, predicted);
          float margin = predicted < 0 ? Float.POSITIVE_INFINITY : margin(logits, index, row);
          if (success || margin < margins[row]) {
            adversarial.copyRow(row, attempts, row);
            margins[row] = margin;
          }
          return !success;
        });
  }

  /** Returns how much the deciding logit lacks for success. */
  private float margin(Tensor logits, int index, int row) {
    int wanted = clean.targeted() ? clean.target(row) : clean.label(row);
    float others = Float.NEGATIVE_INFINITY;
    for (int other = 0; other < logits.rowSize(); other++) {
      if (other != wanted) {
        others = Math.max(others, logits.get(index, other));
      }
    }
    float margin = others - logits.get(index, wanted);
    return clean.targeted() ? margin : -margin;
  }
}
