package io.hone.learning.engine;

/** A step whose loss or gradient is not a finite number. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception with a message that names the part and the number. */
  public DivergenceException(String message) {
    super(message);
  }
}
