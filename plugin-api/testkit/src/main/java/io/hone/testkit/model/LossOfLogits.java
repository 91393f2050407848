package io.hone.testkit.model;

import io.hone.api.model.Loss;
import io.hone.api.stability.Stability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    if (logits.length < 2) {
      return new LossOfLogits(0, new double[logits.length]);
    }
    if (loss instanceof Loss.DifferenceOfLogitsRatio) {
      return logitsRatio(loss.targeted(), logits, wanted);
    }
    if (loss instanceof Loss.ProbabilityMargin) {
      return probabilityMargin(loss.targeted(), logits, wanted);
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
    int other = other(logits, wanted);
    double sign = loss.targeted() ? 1 : -1;
    double margin = sign * (logits[other] - logits[wanted]);
    double[] gradient = new double[logits.length];
    if (margin > -loss.confidence()) {
      gradient[other] = sign;
      gradient[wanted] = -sign;
    }
    return new LossOfLogits(Math.max(margin, -loss.confidence()), gradient);
  }

  private static LossOfLogits logitsRatio(boolean targeted, double[] logits, int wanted) {
    LossOfLogits margin =
        margin(new Loss.Margin(targeted, Float.POSITIVE_INFINITY), logits, wanted);
    if (logits.length == 2) {
      return margin;
    }
    List<Integer> falling = new ArrayList<>();
    for (int index = 0; index < logits.length; index++) {
      falling.add(index);
    }
    falling.sort(Comparator.comparingDouble((Integer index) -> logits[index]).reversed());
    List<Integer> lower = falling.subList(2, targeted && logits.length > 3 ? 4 : 3);
    double spread = logits[falling.get(0)] + Loss.DifferenceOfLogitsRatio.SMALLEST_SPREAD;
    double[] slopes = new double[logits.length];
    slopes[falling.get(0)] = 1;
    for (int index : lower) {
      spread -= logits[index] / lower.size();
      slopes[index] = -1.0 / lower.size();
    }
    double[] gradient = new double[logits.length];
    for (int index = 0; index < gradient.length; index++) {
      gradient[index] =
          (margin.gradient()[index] * spread - margin.loss() * slopes[index]) / (spread * spread);
    }
    return new LossOfLogits(margin.loss() / spread, gradient);
  }

  private static LossOfLogits probabilityMargin(boolean targeted, double[] logits, int wanted) {
    int other = other(logits, wanted);
    // The gradient of softmax(z)[k] is softmax(z)[k] times that of log softmax(z)[k].
    LossOfLogits own = crossEntropy(false, logits, wanted);
    LossOfLogits best = crossEntropy(false, logits, other);
    double sign = targeted ? 1 : -1;
    double[] gradient = new double[logits.length];
    for (int index = 0; index < gradient.length; index++) {
      gradient[index] =
          sign
              * (Math.exp(best.loss()) * best.gradient()[index]
                  - Math.exp(own.loss()) * own.gradient()[index]);
    }
    return new LossOfLogits(sign * (Math.exp(best.loss()) - Math.exp(own.loss())), gradient);
  }

  /** Returns the class with the largest logit beside one, the first among equals. */
  private static int other(double[] logits, int wanted) {
    int other = wanted == 0 ? 1 : 0;
    for (int index = other + 1; index < logits.length; index++) {
      if (index != wanted && logits[index] > logits[other]) {
        other = index;
      }
    }
    return other;
  }
}
