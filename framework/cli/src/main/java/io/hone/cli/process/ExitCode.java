package io.hone.cli.process;

/** What the process tells its caller. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** Failed while running, or an expectation was not met. */
  public static final int FAILED = 1;

  /** Found before the first batch; nothing was written. */
  public static final int BAD_INPUT = 2;

  /** Cancelled by the user. */
  public static final int CANCELLED = 130;

  private ExitCode() {}
}
