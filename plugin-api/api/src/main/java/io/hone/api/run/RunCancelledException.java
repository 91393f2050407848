package io.hone.api.run;

/** Ends work that the user cancelled. */
public final class RunCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public RunCancelledException() {
    super("cancelled");
  }
}
