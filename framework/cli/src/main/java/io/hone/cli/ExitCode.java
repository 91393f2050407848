package io.hone.cli;

/** What the process tells its caller. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** Failed while running, or an expectation was not met. */
  static final int FAILED = 1;

  /** Found before the first batch; nothing was written. */
  static final int BAD_INPUT = 2;

  /** Cancelled by the user. */
  static final int CANCELLED = 130;

  private ExitCode() {}
}
