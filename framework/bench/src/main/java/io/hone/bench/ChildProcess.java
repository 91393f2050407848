package io.hone.bench;

/** A process that a benchmark started and waits for. */
final class ChildProcess {
  private ChildProcess() {}

  /** Waits for the end of a process and returns its exit code; an interrupt ends the process. */
  static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a child process ran", e);
    }
  }
}
