package io.hone.onnxruntime.training;

/**
 * A step whose loss or gradient is not a finite number. The network is left as it was before the
 * step.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception with a message for the user. */
  public DivergedException(String message) {
    super(message);
  }
}
