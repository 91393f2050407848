package io.hone.bench;

import io.hone.api.run.Progress;
import io.hone.engine.context.RunListener;
import java.util.function.LongConsumer;

/**
 * Takes the time of a run's work: from the first image read to the last verdict, without opening
 * the model before and without writing the results after.
 */
final class StopWatch implements RunListener {
  private final String run;
  private long start;
  private long end;

  /**
   * Creates a watch.
   *
   * @param run name of the run; tasks that its components show do not count
   */
  StopWatch(String run) {
    this.run = run;
  }

  @Override
  public synchronized Progress progress(String task, long total) {
    if (!task.equals(run)) {
      return new Told(units -> {});
    }
    start = System.nanoTime();
    return new Told(units -> tick());
  }

  private synchronized void tick() {
    end = System.nanoTime();
  }

  @Override
  public void notice(String message) {}

  /** Returns how long the work took. */
  synchronized double seconds() {
    return (end - start) / 1e9;
  }

  private record Told(LongConsumer advanced) implements Progress {
    @Override
    public void advance(long units) {
      advanced.accept(units);
    }

    @Override
    public void describe(String state) {}

    @Override
    public void close() {}
  }
}
