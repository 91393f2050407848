package io.hone.api.model;

import io.hone.api.stability.Stability;

/**
 * An attacker's loss of one image's logits and its gradient to them, in double.
 *
 * @param value of the loss
 * @param gradient one number per class
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record LogitLoss(double value, float[] gradient) {
  /**
   * Returns a loss as {@link Loss} defines it.
   *
   * @param looked the class that the loss looks at
   */
  public static LogitLoss of(Loss loss, float[] logits, int looked) {
    if (loss instanceof Loss.CrossEntropy) {
      return crossEntropy(loss.targeted(), logits, looked);
    }
    if (logits.length < 2) {
      return new LogitLoss(0, new float[logits.length]);
    }
    if (loss instanceof Loss.DifferenceOfLogitsRatio) {
      return LogitsRatio.of(loss.targeted(), logits, looked);
    }
    if (loss instanceof Loss.ProbabilityMargin) {
      return probabilityMargin(loss.targeted(), logits, looked);
    }
    return margin((Loss.Margin) loss, logits, looked);
  }

  private static LogitLoss crossEntropy(boolean targeted, float[] logits, int looked) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    int sign = targeted ? 1 : -1;
    float[] gradient = new float[logits.length];
    for (int k = 0; k < logits.length; k++) {
      double probability = Math.exp(logits[k] - largest) / sum;
      gradient[k] = (float) (sign * (probability - (k == looked ? 1 : 0)));
    }
    return new LogitLoss(sign * (Math.log(sum) + largest - logits[looked]), gradient);
  }

  private static LogitLoss margin(Loss.Margin loss, float[] logits, int looked) {
    int rival = rival(logits, looked);
    int sign = loss.targeted() ? 1 : -1;
    double margin = sign * ((double) logits[rival] - logits[looked]);
    float[] gradient = new float[logits.length];
    if (margin <= -loss.confidence()) {
      return new LogitLoss(-loss.confidence(), gradient);
    }
    gradient[rival] = sign;
    gradient[looked] = -sign;
    return new LogitLoss(margin, gradient);
  }

  /**
   * Sums probabilities, never {@code 1 - p}, which would round to 0 where a class is nearly
   * certain.
   */
  private static LogitLoss probabilityMargin(boolean targeted, float[] logits, int looked) {
    int rival = rival(logits, looked);
    double largest = Math.max(logits[rival], logits[looked]);
    double[] powers = new double[logits.length];
    double others = 0;
    for (int k = 0; k < logits.length; k++) {
      powers[k] = Math.exp(logits[k] - largest);
      others += k == rival || k == looked ? 0 : powers[k];
    }
    int sign = targeted ? 1 : -1;
    double sum = powers[rival] + powers[looked] + others;
    double rivals = powers[rival] / sum;
    double own = powers[looked] / sum;
    double rest = others / sum;
    float[] gradient = new float[logits.length];
    for (int k = 0; k < logits.length; k++) {
      gradient[k] = (float) (sign * (own - rivals) * (powers[k] / sum));
    }
    gradient[rival] = (float) (sign * rivals * (2 * own + rest));
    gradient[looked] = (float) (-sign * own * (2 * rivals + rest));
    return new LogitLoss(sign * (rivals - own), gradient);
  }

  /** Returns the class with the largest logit beside one; the first among equals. */
  static int rival(float[] logits, int looked) {
    int rival = looked == 0 ? 1 : 0;
    for (int k = rival + 1; k < logits.length; k++) {
      if (k != looked && logits[k] > logits[rival]) {
        rival = k;
      }
    }
    return rival;
  }
}
