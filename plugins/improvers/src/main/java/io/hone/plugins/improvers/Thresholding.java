package io.hone.plugins.improvers;

import io.hone.api.data.Tensor;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How far the low-cost step is with one sample.
 *
 * <p>The features that differ are in descending order of redundancy, so each threshold restores a
 * prefix of them.
 */
final class Thresholding implements Search {
  /** How often the threshold may move half-way to 1. */
  static final int RAISES = 8;

  private final Tensor clean;
  private final Tensor adversarial;
  private final Tensor redundancy;
  private final int row;
  private final int[] features;
  private double threshold;
  private int refinements;
  private boolean raising = true;
  private int tries;
  private int asked;
  private int restored;
  private int refused;
  private OptionalInt keptAtThreshold = OptionalInt.empty();

  /**
   * Starts with nothing tried.
   *
   * @param redundancy probability that a feature's perturbation is redundant
   * @param row of the sample in all three tensors
   * @param threshold probability above which a feature is restored at first
   * @param refinements how many numbers of features are tried after the thresholds
   */
  Thresholding(
      Tensor clean,
      Tensor adversarial,
      Tensor redundancy,
      int row,
      double threshold,
      int refinements) {
    this.clean = clean;
    this.adversarial = adversarial;
    this.redundancy = redundancy;
    this.row = row;
    this.threshold = threshold;
    this.refinements = refinements;
    features = descending();
    refused = features.length + 1;
  }

  /** Packs redundancy and feature into one number each: sorting these needs no boxes. */
  private int[] descending() {
    return Arrays.stream(
            IntStream.range(0, clean.rowSize())
                .filter(feature -> clean.get(row, feature) != adversarial.get(row, feature))
                .filter(feature -> !Float.isNaN(redundancy.get(row, feature)))
                .mapToLong(feature -> -((long) rank(feature) << Integer.SIZE) + feature)
                .sorted()
                .toArray())
        .mapToInt(packed -> (int) packed)
        .toArray();
  }

  /** Returns a whole number in the order of the redundancies. */
  private int rank(int feature) {
    int bits = Float.floatToIntBits(redundancy.get(row, feature));
    return bits < 0 ? Integer.MIN_VALUE - bits : bits;
  }

  /** Returns 1 or 0, whether the label was kept at the first threshold; empty if not tried. */
  OptionalInt keptAtThreshold() {
    return keptAtThreshold;
  }

  @Override
  public void ask(Questions questions) {
    asked = raising ? above() : 0;
    if (asked == 0) {
      raising = false;
      if (tries == 0) {
        keptAtThreshold = OptionalInt.of(1);
      }
      asked = between();
    }
    tries++;
    if (asked > 0) {
      int question = questions.add(adversarial, row);
      for (int index = restored; index < asked; index++) {
        questions.set(question, features[index], clean.get(row, features[index]));
      }
    }
  }

  private int above() {
    int count = 0;
    while (count < features.length && redundancy.get(row, features[count]) > threshold) {
      count++;
    }
    return count;
  }

  /** Returns the number half-way between what keeps the label and what does not; 0 to stop. */
  private int between() {
    if (refinements == 0 || refused - restored < 2) {
      return 0;
    }
    refinements--;
    return (restored + refused) / 2;
  }

  @Override
  public void answer(Answers answers) {
    boolean kept = answers.kept(0);
    if (tries == 1 && raising) {
      keptAtThreshold = OptionalInt.of(kept ? 1 : 0);
    }
    if (kept) {
      answers.copyTo(adversarial, row, 0);
      restored = asked;
    } else {
      refused = asked;
    }
    raising = raising && !kept && tries <= RAISES;
    threshold = (threshold + 1) / 2;
  }
}
