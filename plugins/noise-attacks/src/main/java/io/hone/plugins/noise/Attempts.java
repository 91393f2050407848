package io.hone.plugins.noise;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;

/**
 * Noise that is tried over and over until the model errs.
 *
 * <p>A sample leaves at its first success, where it has no query left (given up as {@code budget})
 * and where the model's answer is not a number ({@code nan}). The last attempt asks nothing: it
 * stays whatever comes of it.
 */
final class Attempts {
  /** Makes one attempt of one sample. */
  interface Noise {
    /**
     * Changes a clean image in place.
     *
     * @param row of the batch, for state by sample
     * @param attempt counts from 0
     */
    void add(float[] image, int row, int attempt);
  }

  private Attempts() {}

  /** Makes so many attempts at most, at a cost of one forward query for each but the last. */
  static void run(
      int attempts, Noise noise, Victim victim, Batch clean, Tensor adversarial, Run run) {
    ActiveSamples active = ActiveSamples.of(clean);
    float[] image = new float[adversarial.rowSize()];
    for (int attempt = 0; attempt < attempts && !active.isEmpty(); attempt++) {
      for (int index = 0; index < active.size(); index++) {
        run.checkCancelled();
        int row = active.row(index);
        clean.pixels().readRow(row, image);
        noise.add(image, row, attempt);
        adversarial.setRow(row, image);
      }
      if (attempt < attempts - 1) {
        keepFailed(active, victim, adversarial, run);
      }
    }
  }

  private static void keepFailed(ActiveSamples active, Victim victim, Tensor adversarial, Run run) {
    active.keepPaying(victim, 1, run);
    int[] predicted = victim.predict(active.images(adversarial));
    active.keep(
        index -> {
          if (predicted[index] < 0) {
            return active.giveUp(index, Reason.NAN, run);
          }
          return !active.succeeds(index, predicted[index]);
        });
  }
}
