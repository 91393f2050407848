package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Batch;
import io.hone.api.model.Loss;
import java.util.stream.IntStream;

/**
 * The boundary between classes that a run looks for, and what it must ask to see it.
 *
 * <p>The gradient of a margin comes with the logits of the same pass. It is the normal of the plane
 * between two classes: the one that the margin looks at and its rival, the class with the largest
 * logit beside it. So most planes cost one gradient query and no forward query.
 */
sealed interface Boundary {
  /** Returns the margin whose gradient comes with the logits. */
  Loss loss();

  /** Returns the class that the margin of a row looks at. */
  int looked(int row);

  /** Returns whether the margin's own plane, that between looked class and rival, counts. */
  default boolean countsRival(int row, int rival) {
    return true;
  }

  /**
   * Returns the classes whose planes count beside that of the margin, each of them the plane
   * between the class and the label.
   *
   * @param hasRival whether the margin's own plane counts and is known
   */
  int[] further(int row, int rival, boolean hasRival);

  /** Returns the class with the largest logit beside the looked one; the first among equals. */
  default int rival(int row, float[] logits) {
    int looked = looked(row);
    int rival = looked == 0 ? 1 : 0;
    for (int other = rival + 1; other < logits.length; other++) {
      if (other != looked && logits[other] > logits[rival]) {
        rival = other;
      }
    }
    return rival;
  }

  /** Returns the margin of a row, whose gradient is the loss's. */
  default double margin(int row, float[] logits) {
    double ahead = (double) logits[rival(row, logits)] - logits[looked(row)];
    return loss().targeted() ? ahead : -ahead;
  }

  /** Between the label and whichever class is nearest: every class has a plane. */
  record OfLabel(Batch clean, int classes) implements Boundary {
    @Override
    public Loss loss() {
      return Loss.margin(false, Float.POSITIVE_INFINITY);
    }

    @Override
    public int looked(int row) {
      return clean.label(row);
    }

    @Override
    public int[] further(int row, int rival, boolean hasRival) {
      int label = clean.label(row);
      return IntStream.range(0, classes)
          .filter(other -> other != label && other != rival)
          .toArray();
    }
  }

  /**
   * Between the label and one other class, whatever the classes beside them.
   *
   * @param others the other class of each row
   */
  record OfPair(Batch clean, int[] others) implements Boundary {
    @Override
    public Loss loss() {
      return Loss.margin(true, Float.POSITIVE_INFINITY);
    }

    @Override
    public int looked(int row) {
      return others[row];
    }

    @Override
    public boolean countsRival(int row, int rival) {
      return rival == clean.label(row);
    }

    @Override
    public int[] further(int row, int rival, boolean hasRival) {
      return hasRival ? new int[0] : new int[] {others[row]};
    }
  }

  /** Between the target of the goal and all other classes: the largest of them has the plane. */
  record OfTarget(Batch clean) implements Boundary {
    @Override
    public Loss loss() {
      return Loss.margin(true, Float.POSITIVE_INFINITY);
    }

    @Override
    public int looked(int row) {
      return clean.target(row);
    }

    @Override
    public int[] further(int row, int rival, boolean hasRival) {
      return new int[0];
    }
  }
}
