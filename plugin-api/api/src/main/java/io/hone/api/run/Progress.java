package io.hone.api.run;

import java.time.Duration;

/** A long task's progress as a user sees it. */
public interface Progress extends AutoCloseable {
  /** Tells that this many more units are done. */
  void advance(long units);

  /** Tells what is going on, in a few words such as {@code loss 0.031}. */
  void describe(String state);

  /**
   * Tells about how long the rest takes, where the task knows that better than from the units done
   * so far.
   */
  default void expect(Duration left) {}

  @Override
  void close();
}
