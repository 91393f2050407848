package io.hone.engine.context;

import io.hone.api.run.RunCancelledException;

/**
 * Tells the threads of a run to stop: because the user cancelled, or because another one failed.
 */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Asks every thread to stop at its next query. */
  public void cancel() {
    cancelled = true;
  }

  /** Returns whether {@link #cancel()} was called. */
  public boolean cancelled() {
    return cancelled;
  }

  /** Throws {@link RunCancelledException} if {@link #cancel()} was called. */
  public void check() {
    if (cancelled) {
      throw new RunCancelledException();
    }
  }
}
