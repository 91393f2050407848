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
  /**
   * {@code -sum(softmax(z) * log expected)}, with {@code expected} at least 1e-7: what the code of
   * AE4DNN computes, where the two are the wrong way round. With one expected class it is {@code
   * 16.118 (1 - p)} for the probability {@code p} of that class. It pulls least where {@code p} is
   * near 0, as cross-entropy does where {@code p} is near 1.
   */
  LINEAR {
    @Override
    double of(double[] logits, double[] expected, double[] gradient) {
      softmax(logits, gradient);
      double loss = 0;
      for (int k = 0; k < logits.length; k++) {
        loss += gradient[k] * price(expected[k]);
      }
      for (int k = 0; k < logits.length; k++) {
        gradient[k] *= price(expected[k]) - loss;
      }
      return loss;
    }

    private double price(double expected) {
      return -Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, expected)));
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

  /** Keras' bound of probabilities under a logarithm. */
  private static final double SMALLEST = 1e-7;

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
