package io.hone.bench;

import com.sun.management.OperatingSystemMXBean;
import io.hone.api.run.Progress;
import io.hone.engine.context.RunListener;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;

/**
 * Takes the time of a run's work: from the first image read to the last verdict, without opening
 * the model before and without writing the results after.
 */
final class StopWatch implements RunListener {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final String run;
  private long start;
  private long end;
  private long cpuStart;
  private long cpuEnd;

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
    cpuStart = SYSTEM.getProcessCpuTime();
    return new Told(units -> tick());
  }

  private synchronized void tick() {
    end = System.nanoTime();
    cpuEnd = SYSTEM.getProcessCpuTime();
  }

  @Override
  public void notice(String message) {}

  /** Returns how long the work took. */
  synchronized double seconds() {
    return (end - start) / 1e9;
  }

  /** Returns how long all threads of this process computed during the work, in seconds. */
  synchronized double cpuSeconds() {
    return (cpuEnd - cpuStart) / 1e9;
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
