package io.hone.plugins.improvers;

import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;

/**
 * How far Algorithm 1 is with one sample.
 *
 * <p>A block is a range of positions in the order row, column, channel. What lies behind it cannot
 * have changed since the pass began, so finding the next block there is the same as listing all of
 * them first.
 */
final class Restoration implements Search {
  private static final int NONE = -1;

  private final Tensor clean;
  private final Tensor adversarial;
  private final int row;
  private final int channels;
  private final int pixels;
  private boolean vanishingTried;
  private int step;
  private int next;

  /**
   * Starts with nothing restored.
   *
   * @param step features in a block of the first pass
   */
  Restoration(Tensor clean, Tensor adversarial, int row, int step) {
    ImageShape shape = clean.imageShape();
    this.clean = clean;
    this.adversarial = adversarial;
    this.row = row;
    this.step = step;
    channels = shape.channels();
    pixels = shape.pixels();
  }

  @Override
  public void ask(Questions questions) {
    if (!vanishingTried) {
      vanishingTried = true;
      if (restoreVanishing(questions)) {
        return;
      }
    }
    while (step > 0) {
      if (restoreBlock(questions)) {
        return;
      }
      step /= 2;
      next = 0;
    }
  }

  private boolean restoreVanishing(Questions questions) {
    int question = NONE;
    for (int feature = 0; feature < channels * pixels; feature++) {
      float original = clean.get(row, feature);
      float changed = adversarial.get(row, feature);
      if (original != changed && grey(original) == grey(changed)) {
        question = question == NONE ? questions.add(adversarial, row) : question;
        questions.set(question, feature, original);
      }
    }
    return question != NONE;
  }

  private boolean restoreBlock(Questions questions) {
    int question = NONE;
    for (int restored = 0; next < channels * pixels && restored < step; next++) {
      int feature = feature(next);
      float original = clean.get(row, feature);
      if (original != adversarial.get(row, feature)) {
        question = question == NONE ? questions.add(adversarial, row) : question;
        questions.set(question, feature, original);
        restored++;
      }
    }
    return question != NONE;
  }

  /** Returns the feature at a position in the order row, column, channel. */
  private int feature(int position) {
    return channels == 1 ? position : position % channels * pixels + position / channels;
  }

  private static double grey(float value) {
    return Math.floor(value * 255.0 + 0.5);
  }

  @Override
  public void answer(Answers answers) {
    if (answers.kept(0)) {
      answers.copyTo(adversarial, row, 0);
    }
  }
}
