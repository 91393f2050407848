package io.hone.onnx.training.loss;

/**
 * Cross-entropy of logits {@code [N, K]} and true classes {@code [N]}: the sum over the classes of
 * {@code -q log softmax(z)}.
 *
 * @param value the logits
 * @param smoothing the share of {@code q} that is spread over all classes, from 0 to below 1, while
 *     the rest is at the true class (Szegedy et al. 2016, section 7)
 */
public record CrossEntropy(String name, String value, float weight, float smoothing)
    implements LossPart {
  /** Checks the smoothing. */
  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing is a share from 0 to below 1, not " + smoothing);
    }
  }

  /** Returns plain cross-entropy. */
  public static CrossEntropy of(String logits) {
    return new CrossEntropy("cross-entropy", logits, 1, 0);
  }

  /** Returns the same with label smoothing. */
  public CrossEntropy smoothed(float share) {
    return new CrossEntropy(name, value, weight, share);
  }
}
