package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;

/**
 * What the model says of the active samples' images, over several draws where its answers are
 * random: mean losses, mean gradients, and whether more than half of the draws meet the goal. A
 * single draw that happens to meet it is no success.
 */
final class Answers {
  private final int draws;
  private final double[] losses;
  private final int[] successes;
  private final boolean[] broken;
  private final Tensor gradients;

  private Answers(int draws, int samples, Tensor gradients) {
    this.draws = draws;
    this.losses = new double[samples];
    this.successes = new int[samples];
    this.broken = new boolean[samples];
    this.gradients = gradients;
  }

  /**
   * Asks the model.
   *
   * @param classes that the loss looks at, for each active sample
   * @param draws how often it is asked; each time costs a gradient query
   */
  static Answers ask(
      Victim victim, ActiveSamples active, ImageBatch images, Loss loss, int[] classes, int draws) {
    LossGradient first = victim.lossGradient(images, loss, classes);
    Answers answers = new Answers(draws, images.size(), first.gradient());
    answers.add(active, first);
    for (int draw = 1; draw < draws; draw++) {
      LossGradient next = victim.lossGradient(images, loss, classes);
      answers.add(active, next);
      answers.addGradients(next.gradient());
    }
    return answers;
  }

  private void add(ActiveSamples active, LossGradient answer) {
    for (int index = 0; index < losses.length; index++) {
      int predicted = answer.logits().argmax(index);
      losses[index] += answer.losses()[index];
      successes[index] += active.succeeds(index, predicted) ? 1 : 0;
      broken[index] |= predicted < 0;
    }
  }

  /** Sums up: a direction is the same for the sum and for the mean. */
  private void addGradients(Tensor more) {
    float[] sum = new float[gradients.rowSize()];
    float[] addend = new float[gradients.rowSize()];
    for (int index = 0; index < losses.length; index++) {
      gradients.readRow(index, sum);
      more.readRow(index, addend);
      for (int feature = 0; feature < sum.length; feature++) {
        sum[feature] += addend[feature];
      }
      gradients.setRow(index, sum);
    }
  }

  /** Returns the mean loss of an active sample. */
  double loss(int index) {
    return losses[index] / draws;
  }

  /** Returns whether an active sample meets its goal. */
  boolean succeeds(int index) {
    return 2 * successes[index] > draws;
  }

  /** Returns whether a logit or the loss of an active sample was not a number. */
  boolean isBroken(int index) {
    return broken[index] || Double.isNaN(losses[index]);
  }

  /** Reads the gradient of an active sample, up to a positive factor. */
  void readGradient(int index, float[] into) {
    gradients.readRow(index, into);
  }
}
