package io.hone.onnxruntime.training;

/**
 * A step whose loss or gradient is not a finite number. The network is left as it was before the
 * step.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String found;

  /**
   * Creates the exception.
   *
   * @param found what is not finite, such as {@code the gradient is NaN}
   * @param step counted from 1
   * @param rate the learning rate
   */
  DivergedException(String found, long step, double rate) {
    super(
        "%s in step %d, at a rate of %s; lower the rate, or check the images for NaN"
            .formatted(found, step, rate));
    this.found = found;
  }

  /** Returns what is not finite, without the place and the next step. */
  String found() {
    return found;
  }
}
