package io.hone.plugins.improvers;

import io.hone.api.tensor.Tensor;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;
import java.util.OptionalInt;

/** How far the low-cost step is with one sample. */
final class Thresholding implements Search {
  /** How often the threshold may move half-way to 1. */
  static final int RAISES = 8;

  private static final int NONE = -1;

  private final Tensor clean;
  private final Tensor adversarial;
  private final Tensor redundancy;
  private final int row;
  private double threshold;
  private int tries;
  private boolean finished;
  private OptionalInt keptAtThreshold = OptionalInt.empty();

  /**
   * Starts with nothing tried.
   *
   * @param redundancy probability that a feature's perturbation is redundant
   * @param row of the sample in all three tensors
   * @param threshold probability above which a feature is restored at first
   */
  Thresholding(Tensor clean, Tensor adversarial, Tensor redundancy, int row, double threshold) {
    this.clean = clean;
    this.adversarial = adversarial;
    this.redundancy = redundancy;
    this.row = row;
    this.threshold = threshold;
  }

  /** Returns 1 or 0, whether the label was kept at the first threshold; empty if not tried. */
  OptionalInt keptAtThreshold() {
    return keptAtThreshold;
  }

  @Override
  public void ask(Questions questions) {
    if (finished) {
      return;
    }
    int question = NONE;
    for (int feature = 0; feature < clean.rowSize(); feature++) {
      float original = clean.get(row, feature);
      if (redundancy.get(row, feature) > threshold && original != adversarial.get(row, feature)) {
        question = question == NONE ? questions.add(adversarial, row) : question;
        questions.set(question, feature, original);
      }
    }
    if (question == NONE && tries == 0) {
      keptAtThreshold = OptionalInt.of(1);
    }
    tries++;
  }

  @Override
  public void answer(Answers answers) {
    boolean kept = answers.kept(0);
    if (tries == 1) {
      keptAtThreshold = OptionalInt.of(kept ? 1 : 0);
    }
    if (kept) {
      answers.copyTo(adversarial, row, 0);
    }
    finished = kept || tries > RAISES;
    threshold = (threshold + 1) / 2;
  }
}
