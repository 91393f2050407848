package io.hone.engine.failure;

/** A component broke its contract while it ran: it threw, or wrote what it may not write. */
public final class ComponentFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates a failure that names the component, the step and the samples. */
  public ComponentFailureException(String message) {
    super(message);
  }

  /** Creates a failure with what the component threw. */
  public ComponentFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
