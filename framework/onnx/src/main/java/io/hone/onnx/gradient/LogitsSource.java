package io.hone.onnx.gradient;

/**
 * Where a classifier's logits are.
 *
 * @param value the value that holds them, or the probabilities
 * @param kind how they were found
 */
public record LogitsSource(String value, Kind kind) {
  /** How logits were found. */
  public enum Kind {
    /** The output ends in no softmax: it holds logits if the model says so. */
    OUTPUT,
    /** The value is what the softmax at the end reads. */
    BEFORE_SOFTMAX
  }

  /** Returns whether a softmax was found, and the logits before it. */
  public boolean foundBeforeSoftmax() {
    return kind == Kind.BEFORE_SOFTMAX;
  }
}
