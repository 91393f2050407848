package io.hone.plugins.optimization.lbfgs;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;

/**
 * Cross-entropy to the target, or, without one, {@code -log(1 - F_label)}: like the former it is 0
 * where the goal is met for sure, and steep where the model is sure of the label.
 *
 * <p>Computed in double from the logits, because a line search compares values that differ little.
 */
final class GoalLoss {
  private final Victim victim;
  private final boolean targeted;

  GoalLoss(Victim victim, boolean targeted) {
    this.victim = victim;
    this.targeted = targeted;
  }

  /** Returns the queries of one evaluation. */
  int queries() {
    return targeted ? 1 : 2;
  }

  /** Evaluates an image of every active sample. */
  ImageEvaluation[] evaluate(ImageBatch images, ActiveSamples active) {
    int[] classes = active.goalClasses();
    Tensor logits;
    Tensor gradient;
    if (targeted) {
      var asked = victim.lossGradient(images, Loss.crossEntropy(true), classes);
      logits = asked.logits();
      gradient = asked.gradient();
    } else {
      logits = victim.logits(images);
      gradient = victim.vjp(images, awayFrom(classes, logits));
    }
    ImageEvaluation[] evaluations = new ImageEvaluation[classes.length];
    for (int sample = 0; sample < classes.length; sample++) {
      float[] scores = logits.row(sample);
      double loss =
          targeted
              ? logSum(scores, -1) - scores[classes[sample]]
              : logSum(scores, -1) - logSum(scores, classes[sample]);
      boolean success = active.succeeds(sample, logits.argmax(sample));
      boolean alone = !targeted && scores.length == 1;
      evaluations[sample] = new ImageEvaluation(alone ? 0 : loss, gradient.row(sample), success);
    }
    return evaluations;
  }

  /** Returns the slope of {@code -log(1 - F_label)} to the logits. */
  private static Tensor awayFrom(int[] labels, Tensor logits) {
    Tensor cotangent = Tensor.zeros(logits.rows(), logits.rowSize());
    for (int sample = 0; sample < labels.length; sample++) {
      float[] scores = logits.row(sample);
      int label = labels[sample];
      if (scores.length > 1) {
        double others = logSum(scores, label);
        double probability = Math.exp(scores[label] - logSum(scores, -1));
        for (int index = 0; index < scores.length; index++) {
          double share = index == label ? 1 : -Math.exp(scores[index] - others);
          cotangent.set(sample, index, (float) (probability * share));
        }
      }
    }
    return cotangent;
  }

  /** Returns the logarithm of the summed exponentials of all logits but one; -1 for all. */
  private static double logSum(float[] logits, int left) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int index = 0; index < logits.length; index++) {
      largest = index == left ? largest : Math.max(largest, logits[index]);
    }
    double sum = 0;
    for (int index = 0; index < logits.length; index++) {
      sum += index == left ? 0 : Math.exp(logits[index] - largest);
    }
    return largest + Math.log(sum);
  }
}
