package io.hone.testkit.model;

import io.hone.api.model.Loss;
import io.hone.api.stability.Stability;

/**
 * An attacker's loss of one image's logits, in double, and its gradient to the logits.
 *
 * @param loss its value
 * @param gradient one number per class
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record LossOfLogits(double loss, double[] gradient) {
  /**
   * Returns the loss of one image.
   *
   * @param wanted the class that the loss looks at
   */
  public static LossOfLogits of(Loss loss, double[] logits, int wanted) {
    if (loss instanceof Loss.CrossEntropy) {
      return crossEntropy(loss.targeted(), logits, wanted);
    }
    return margin((Loss.Margin) loss, logits, wanted);
  }

  private static LossOfLogits crossEntropy(boolean targeted, double[] logits, int wanted) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    double sign = targeted ? 1 : -1;
    double[] gradient = new double[logits.length];
    for (int index = 0; index < logits.length; index++) {
      double probability = Math.exp(logits[index] - largest) / sum;
      gradient[index] = sign * (probability - (index == wanted ? 1 : 0));
    }
    return new LossOfLogits(sign * (Math.log(sum) + largest - logits[wanted]), gradient);
  }

  private static LossOfLogits margin(Loss.Margin loss, double[] logits, int wanted) {
    int other = -1;
    for (int index = 0; index < logits.length; index++) {
      if (index != wanted && (other < 0 || logits[index] > logits[other])) {
        other = index;
      }
    }
    if (other < 0) {
      return new LossOfLogits(0, new double[logits.length]);
    }
    double sign = loss.targeted() ? 1 : -1;
    double margin = sign * (logits[other] - logits[wanted]);
    double[] gradient = new double[logits.length];
    if (margin > -loss.confidence()) {
      gradient[other] = sign;
      gradient[wanted] = -sign;
    }
    return new LossOfLogits(Math.max(margin, -loss.confidence()), gradient);
  }
}
