package io.hone.api.run;

import io.hone.api.stability.Stability;

/** Ends work that the user cancelled. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class RunCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public RunCancelledException() {
    super("cancelled");
  }
}
