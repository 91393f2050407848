package io.hone.plugins.improvers;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far Algorithm 1 is with one sample.
 *
 * <p>The features that differ are in one array, in the order row, column, channel: in front those
 * that this pass tried in vain, from {@code next} on those that it has not tried. So the next pass
 * finds its list made.
 */
final class Restoration implements Search {
  private final Tensor clean;
  private final Tensor adversarial;
  private final int row;
  private final int[] differing;
  private boolean vanishingTried;
  private int step;
  private int end;
  private int next;
  private int inVain;
  private int[] block = {};

  /**
   * Starts with nothing restored.
   *
   * @param step features in a block of the first pass
   */
  Restoration(Tensor clean, Tensor adversarial, int row, int step) {
    this.clean = clean;
    this.adversarial = adversarial;
    this.row = row;
    this.step = step;
    differing = new int[clean.rowSize()];
    list();
  }

  private void list() {
    ImageShape shape = clean.imageShape();
    end = 0;
    for (int pixel = 0; pixel < shape.pixels(); pixel++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        int feature = channel * shape.pixels() + pixel;
        if (clean.get(row, feature) != adversarial.get(row, feature)) {
          differing[end++] = feature;
        }
      }
    }
  }

  @Override
  public void ask(Questions questions) {
    if (!vanishingTried) {
      vanishingTried = true;
      block = vanishing();
      if (block.length > 0) {
        restore(questions);
        return;
      }
    }
    while (step > 0) {
      if (next < end) {
        block = Arrays.copyOfRange(differing, next, Math.min(next + step, end));
        next += block.length;
        restore(questions);
        return;
      }
      step /= 2;
      end = inVain;
      next = 0;
      inVain = 0;
    }
  }

  private int[] vanishing() {
    return IntStream.range(0, end)
        .map(index -> differing[index])
        .filter(feature -> level(clean, feature) == level(adversarial, feature))
        .toArray();
  }

  private int level(Tensor images, int feature) {
    return EightBit.level(images.get(row, feature));
  }

  private void restore(Questions questions) {
    int question = questions.add(adversarial, row);
    for (int feature : block) {
      questions.set(question, feature, clean.get(row, feature));
    }
  }

  @Override
  public void answer(Answers answers) {
    boolean vanishing = next == 0;
    if (answers.kept(0)) {
      for (int feature : block) {
        adversarial.set(row, feature, clean.get(row, feature));
      }
      if (vanishing) {
        list();
      }
    } else if (!vanishing) {
      System.arraycopy(block, 0, differing, inVain, block.length);
      inVain += block.length;
    }
  }
}
