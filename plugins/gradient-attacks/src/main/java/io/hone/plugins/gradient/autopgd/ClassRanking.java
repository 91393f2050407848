package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import io.hone.plugins.gradient.RivalClasses;
import java.util.stream.IntStream;

/**
 * For each sample the classes that are not its label, in falling order of the clean image's logits.
 *
 * @param byRow classes of each row of the batch; null for a row that was not asked for
 */
record ClassRanking(int[][] byRow) {
  /**
   * Asks the model for the logits of clean images: one forward query each.
   *
   * @param active left with the samples that there is something to do for: those that the model
   *     takes for another class leave as they are
   */
  static ClassRanking ask(Victim victim, ActiveSamples active, Batch clean, Run run) {
    int[][] byRow = new int[clean.size()][0];
    active.keepPaying(victim, 1, run);
    Tensor logits = victim.logits(active.images(clean.pixels()));
    active.keep(
        index -> {
          int predicted = logits.argmax(index);
          if (predicted < 0) {
            return active.giveUp(index, Reason.NAN, run);
          }
          if (active.succeeds(index, predicted)) {
            return false;
          }
          int row = active.row(index);
          byRow[row] = RivalClasses.byLogit(logits.row(index), clean.label(row), logits.rowSize());
          return byRow[row].length > 0 || active.giveUp(index, Reason.NO_OTHER_CLASS, run);
        });
    return new ClassRanking(byRow);
  }

  /** Returns the class of a rank, from 0 on, for each row of the batch; 0 for a row not asked. */
  int[] classes(int rank) {
    return IntStream.range(0, byRow.length)
        .map(row -> rank < byRow[row].length ? byRow[row][rank] : 0)
        .toArray();
  }
}
