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
  private final long untimed;
  private long done;
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
    this(run, 0);
  }

  /**
   * Creates a watch that starts late.
   *
   * @param run name of the run; tasks that its components show do not count
   * @param untimed units of work that are done before the watch starts
   */
  StopWatch(String run, long untimed) {
    this.run = run;
    this.untimed = untimed;
  }

  @Override
  public synchronized Progress progress(String task, long total) {
    if (!task.equals(run)) {
      return new Told(units -> {});
    }
    start = System.nanoTime();
    cpuStart = SYSTEM.getProcessCpuTime();
    return new Told(this::tick);
  }

  private synchronized void tick(long units) {
    done += units;
    end = System.nanoTime();
    cpuEnd = SYSTEM.getProcessCpuTime();
    if (done <= untimed) {
      start = end;
      cpuStart = cpuEnd;
    }
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
