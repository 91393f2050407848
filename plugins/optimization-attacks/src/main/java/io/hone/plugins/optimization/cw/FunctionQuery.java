package io.hone.plugins.optimization.cw;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.victim.Victim;

/** Asks the victim for logits and for the gradient that a {@link GoalFunction} is built from. */
record FunctionQuery(GoalFunction function, boolean targeted) {
  /**
   * An answer for each image.
   *
   * @param logits {@code [N, K]}
   * @param gradient of {@link GoalFunction#slope}, {@code [N, C, H, W]}
   */
  record Answer(Tensor logits, Tensor gradient) {}

  /** Returns how many queries of each image {@link #ask} makes. */
  int cost() {
    return function.slope() == GoalFunction.Slope.PROBABILITY_MARGIN ? 2 : 1;
  }

  Answer ask(Victim victim, ImageBatch images, int[] goalClasses) {
    return switch (function.slope()) {
      case CROSS_ENTROPY ->
          answer(victim.lossGradient(images, Loss.crossEntropy(targeted), goalClasses));
      case MARGIN ->
          answer(
              victim.lossGradient(
                  images, Loss.margin(targeted, Float.POSITIVE_INFINITY), goalClasses));
      case PROBABILITY_MARGIN -> askTwice(victim, images, goalClasses);
    };
  }

  private static Answer answer(LossGradient gradient) {
    return new Answer(gradient.logits(), gradient.gradient());
  }

  private Answer askTwice(Victim victim, ImageBatch images, int[] goalClasses) {
    Tensor logits = victim.logits(images);
    Tensor cotangents = Tensor.zeros(logits.rows(), logits.rowSize());
    Standing standing = new Standing(targeted, logits.rowSize());
    float[] cotangent = new float[logits.rowSize()];
    for (int row = 0; row < logits.rows(); row++) {
      logits.readRow(row, standing.logits());
      standing.read(goalClasses[row]);
      standing.writeProbabilityCotangent(cotangent);
      cotangents.setRow(row, cotangent);
    }
    return new Answer(logits, victim.vjp(images, cotangents));
  }
}
