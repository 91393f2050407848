package io.hone.plugins.blackbox.square;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.LogitLoss;
import io.hone.api.model.Loss;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random search from one start: each sample tries one change of its best image after another, and
 * keeps what lowers its loss.
 *
 * <p>A sample leaves at its first success, where it has no query left (given up as {@code budget})
 * and where the model's answer is not a number ({@code nan}).
 */
final class SquareSearch {
  private final Victim victim;
  private final Batch clean;
  private final Squares squares;
  private final Loss loss;
  private final RandomGenerator[] random;
  private final Run run;

  private final ImageShape shape;
  private final int[] goalClasses;
  private final Tensor best;
  private final double[] lowest;

  /** By row, the windows that the image made last differs in from the best one. */
  private final List<List<Window>> changed;

  /**
   * Prepares a search for the samples of a batch.
   *
   * @param random a stream for each row
   * @param best of the whole batch, to be filled with the best image of each sample
   */
  SquareSearch(
      Victim victim,
      Batch clean,
      Squares squares,
      Loss loss,
      RandomGenerator[] random,
      Tensor best,
      Run run) {
    this.victim = victim;
    this.clean = clean;
    this.squares = squares;
    this.loss = loss;
    this.random = random;
    this.best = best;
    this.run = run;
    this.shape = best.imageShape();
    this.goalClasses = clean.goalClasses();
    this.lowest = new double[clean.size()];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    this.changed = new ArrayList<>(Collections.nCopies(clean.size(), List.of()));
  }

  /**
   * Searches for so many queries at most.
   *
   * @param active which samples; left with those that made all their queries in vain
   * @return by row the loss of the best image; minus infinity for a success, infinity where no
   *     image had a loss
   */
  double[] run(ActiveSamples active, int queries) {
    PackedImages images = new PackedImages(active, best);
    for (int query = 0; query < queries && !active.isEmpty(); query++) {
      run.checkCancelled();
      active.keepPaying(victim, 1, run);
      images.follow(active);
      for (int index = 0; index < active.size(); index++) {
        make(active.row(index), query, images.pixels(), index);
      }
      Tensor logits = victim.logits(images.batch());
      boolean first = query == 0;
      active.keep(
          index -> {
            if (logits.argmax(index) < 0) {
              return active.giveUp(index, Reason.NAN, run);
            }
            boolean success = active.succeeds(index, logits.argmax(index));
            judge(active.row(index), logits.row(index), first, success, images.pixels(), index);
            return !success;
          });
    }
    return lowest;
  }

  /** Makes the next image of a row out of its best one. */
  private void make(int row, int query, Tensor images, int place) {
    if (query > 0) {
      changed.set(row, squares.change(row, query - 1, images, place, random[row]));
      return;
    }
    float[] image = clean.pixels().row(row);
    squares.start(row, image, random[row]);
    images.setRow(place, image);
    changed.set(row, List.of(Window.whole(shape)));
  }

  /** Keeps what was changed in a row, or takes it back. */
  private void judge(
      int row, float[] logits, boolean first, boolean success, Tensor images, int place) {
    double value = success ? Double.NEGATIVE_INFINITY : loss(row, logits);
    boolean better = first || value < lowest[row];
    if (better) {
      lowest[row] = value;
      squares.keep(row);
    }
    for (Window window : changed.get(row)) {
      if (better) {
        window.copy(shape, images, place, best, row);
      } else {
        window.copy(shape, best, row, images, place);
      }
    }
  }

  /** Returns the loss of an answer; infinite logits may have none, which counts as the worst. */
  private double loss(int row, float[] logits) {
    double value = LogitLoss.of(loss, logits, goalClasses[row]).value();
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
