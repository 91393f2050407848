package io.hone.api.run;

import io.hone.api.stability.Stability;
import java.time.Duration;
import java.util.Optional;

/** A long task's progress as a user sees it. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Progress extends AutoCloseable {
  /** Tells that this many more units are done. */
  void advance(long units);

  /**
   * Tells that so many units were done before, by a task that was interrupted. They count as done,
   * and say nothing about how fast this task is.
   */
  default void resume(long units) {
    advance(units);
  }

  /** Tells what is going on, in a few words such as {@code loss 0.031}. */
  void describe(String state);

  /**
   * Tells about how long the rest takes, where the task knows more than its units tell. A task that
   * never calls this is taken to need the same time for each unit.
   *
   * @param left empty where it is not known yet
   */
  default void expect(Optional<Duration> left) {}

  @Override
  void close();

  /** Returns a progress that shows nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void advance(long units) {}

      @Override
      public void describe(String state) {}

      @Override
      public void close() {}
    };
  }
}
