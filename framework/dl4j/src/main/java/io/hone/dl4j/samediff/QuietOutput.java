package io.hone.dl4j.samediff;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Keeps what SameDiff prints while it differentiates a graph away from standard output, which
 * belongs to results.
 */
public final class QuietOutput {
  private static final Object SWAPPING = new Object();

  private QuietOutput() {}

  /**
   * Runs an action; what its thread prints to standard output is dropped, other threads' is not.
   */
  public static <T> T during(Supplier<T> action) {
    synchronized (SWAPPING) {
      PrintStream original = System.out;
      System.setOut(new PrintStream(new Filter(original, Thread.currentThread()), true));
      try {
        return action.get();
      } finally {
        System.setOut(original);
      }
    }
  }

  /** Passes on what every thread but one prints. */
  private static final class Filter extends OutputStream {
    private final PrintStream original;
    private final Thread silenced;

    Filter(PrintStream original, Thread silenced) {
      this.original = original;
      this.silenced = silenced;
    }

    @Override
    public void write(int value) {
      if (Thread.currentThread() != silenced) {
        original.write(value);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (Thread.currentThread() != silenced) {
        original.write(bytes, offset, length);
      }
    }
  }
}
