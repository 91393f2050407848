package io.hone.learning.trainer;

/** How far predicted probabilities are from expected ones, and the gradient to the logits. */
public enum PredictionDistance {
  /** {@code -sum(expected * log softmax(z))}: what Nguyen et al. put in place of the norm. */
  CROSS_ENTROPY {
    @Override
    double of(double[] logits, double[] expected, double[] gradient) {
      double logSum = softmax(logits, gradient);
      double loss = 0;
      for (int k = 0; k < logits.length; k++) {
        loss += expected[k] * (logSum - logits[k]);
        gradient[k] -= expected[k];
      }
      return loss;
    }
  },
  /** {@code ||softmax(z) - expected||}: Baluja and Fischer's own, equation 6 as printed. */
  L2 {
    @Override
    double of(double[] logits, double[] expected, double[] gradient) {
      softmax(logits, gradient);
      double squares = 0;
      double along = 0;
      for (int k = 0; k < logits.length; k++) {
        double difference = gradient[k] - expected[k];
        squares += difference * difference;
        along += gradient[k] * difference;
      }
      double norm = Math.sqrt(squares);
      for (int k = 0; k < logits.length; k++) {
        // The Jacobian of softmax: diag(p) - p p^T.
        double pulled = gradient[k] * (gradient[k] - expected[k] - along);
        gradient[k] = norm > 0 ? pulled / norm : 0;
      }
      return norm;
    }
  };

  /**
   * Returns the distance of one prediction.
   *
   * @param expected probabilities, which sum to 1
   * @param gradient receives the gradient to the logits
   */
  abstract double of(double[] logits, double[] expected, double[] gradient);

  /** Returns the logarithm of the sum of exponentials and leaves the probabilities behind. */
  static double softmax(double[] logits, double[] probabilities) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = Math.exp(logits[k] - largest);
      sum += probabilities[k];
    }
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] /= sum;
    }
    return largest + Math.log(sum);
  }
}
