package io.hone.plugins.improvers;

import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;

/**
 * How far Algorithm 1 is with one sample.
 *
 * <p>The sample's row of {@code adversarial} always holds what was restored and confirmed; its
 * candidate differs from that in the block being tried, which is all that is ever copied. A block
 * is a range of positions in the order row, column, channel. What lies behind it cannot have
 * changed since the pass began, so finding the next block there is the same as listing all of them
 * first.
 */
final class Restoration {
  private static final int UNKNOWN = -1;

  private final Tensor clean;
  private final Tensor adversarial;
  private final int row;
  private final int channels;
  private final int pixels;
  private long queries;
  private int label = UNKNOWN;
  private boolean vanishingTried;
  private int step;
  private int next;
  private int from;
  private int to;

  /**
   * Starts with the query for the label.
   *
   * @param step features in a block of the first pass
   * @param queries that the sample may make
   */
  Restoration(Tensor clean, Tensor adversarial, int row, int step, long queries) {
    ImageShape shape = clean.imageShape();
    this.clean = clean;
    this.adversarial = adversarial;
    this.row = row;
    this.step = step;
    this.queries = queries - 1;
    channels = shape.channels();
    pixels = shape.pixels();
  }

  /**
   * Takes in the class predicted for the candidate: keeps the block that was tried, or undoes it.
   */
  void settle(Tensor candidates, int slot, int predicted) {
    if (label == UNKNOWN) {
      label = predicted;
      return;
    }
    boolean kept = predicted == label;
    for (int position = from; position < to; position++) {
      int feature = feature(position);
      if (kept) {
        adversarial.set(row, feature, candidates.get(slot, feature));
      } else {
        candidates.set(slot, feature, adversarial.get(row, feature));
      }
    }
  }

  /** Restores the next block of the candidate; returns false where the sample is finished. */
  boolean propose(Tensor candidates, int slot) {
    if (queries == 0 || label == UNKNOWN) {
      return false;
    }
    queries--;
    if (!vanishingTried) {
      vanishingTried = true;
      if (restoreVanishing(candidates, slot)) {
        return true;
      }
    }
    while (step > 0) {
      if (restoreBlock(candidates, slot)) {
        return true;
      }
      step /= 2;
      next = 0;
    }
    return false;
  }

  private boolean restoreVanishing(Tensor candidates, int slot) {
    from = 0;
    to = channels * pixels;
    boolean restored = false;
    for (int feature = 0; feature < to; feature++) {
      float original = clean.get(row, feature);
      float changed = adversarial.get(row, feature);
      if (original != changed && grey(original) == grey(changed)) {
        candidates.set(slot, feature, original);
        restored = true;
      }
    }
    return restored;
  }

  private boolean restoreBlock(Tensor candidates, int slot) {
    from = next;
    int restored = 0;
    while (next < channels * pixels && restored < step) {
      int feature = feature(next);
      float original = clean.get(row, feature);
      if (original != adversarial.get(row, feature)) {
        candidates.set(slot, feature, original);
        restored++;
      }
      next++;
    }
    to = next;
    return restored > 0;
  }

  /** Returns the feature at a position in the order row, column, channel. */
  private int feature(int position) {
    return channels == 1 ? position : position % channels * pixels + position / channels;
  }

  private static double grey(float value) {
    return Math.floor(value * 255.0 + 0.5);
  }
}
