package io.hone.plugins.improvers;

import io.hone.api.tensor.Tensor;
import java.util.OptionalInt;

/** How far the low-cost step is with one sample. */
final class Thresholding {
  /** How often the threshold may move half-way to 1. */
  static final int RAISES = 8;

  private static final int UNKNOWN = -1;

  private final Tensor clean;
  private final Tensor adversarial;
  private final Tensor redundancy;
  private final int row;
  private double threshold;
  private long queries;
  private int label = UNKNOWN;
  private int tries;
  private boolean finished;
  private OptionalInt keptAtThreshold = OptionalInt.empty();

  /**
   * Starts with the query for the label.
   *
   * @param redundancy probability that a feature's perturbation is redundant
   * @param row of the sample in all three tensors
   * @param threshold probability above which a feature is restored at first
   * @param queries that the sample may make
   */
  Thresholding(
      Tensor clean,
      Tensor adversarial,
      Tensor redundancy,
      int row,
      double threshold,
      long queries) {
    this.clean = clean;
    this.adversarial = adversarial;
    this.redundancy = redundancy;
    this.row = row;
    this.threshold = threshold;
    this.queries = queries - 1;
  }

  /** Returns 1 or 0, whether the label was kept at the first threshold; empty if not tried. */
  OptionalInt keptAtThreshold() {
    return keptAtThreshold;
  }

  /** Takes in the class predicted for the candidate: keeps it, or raises the threshold. */
  void settle(Tensor candidates, int slot, int predicted) {
    if (label == UNKNOWN) {
      label = predicted;
      finished = label == UNKNOWN;
      return;
    }
    boolean kept = predicted == label;
    if (tries == 1) {
      keptAtThreshold = OptionalInt.of(kept ? 1 : 0);
    }
    if (kept) {
      adversarial.copyRow(row, candidates, slot);
    }
    finished = kept || tries > RAISES;
    threshold = (threshold + 1) / 2;
  }

  /** Restores the candidate's redundant features; returns false where the sample is finished. */
  boolean propose(Tensor candidates, int slot) {
    if (finished || queries == 0) {
      return false;
    }
    boolean restored = false;
    for (int feature = 0; feature < clean.rowSize(); feature++) {
      float before = adversarial.get(row, feature);
      float after = redundancy.get(row, feature) > threshold ? clean.get(row, feature) : before;
      candidates.set(slot, feature, after);
      restored |= after != before;
    }
    if (!restored) {
      if (tries == 0) {
        keptAtThreshold = OptionalInt.of(1);
      }
      return false;
    }
    queries--;
    tries++;
    return true;
  }
}
