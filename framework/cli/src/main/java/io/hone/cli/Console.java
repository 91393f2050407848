package io.hone.cli;

import io.hone.api.run.Progress;
import io.hone.core.engine.RunListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows runs on standard error: a bar on a terminal, plain lines elsewhere. */
final class Console implements RunListener {
  private final PrintStream out;
  private final boolean terminal;

  Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Returns the console of this process. */
  static Console ofProcess() {
    String kind = System.getenv("TERM");
    boolean terminal = System.console() != null && kind != null && !kind.equals("dumb");
    return new Console(System.err, terminal);
  }

  @Override
  public Progress progress(String task, long total) {
    return terminal ? new Bar(out, task, total) : new Lines(out, task, total);
  }

  @Override
  public void notice(String message) {
    out.println("note: " + message);
  }

  /** A progress bar. */
  private static final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(PrintStream out, String task, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new BarLine(out))
              .build();
    }

    @Override
    public void advance(long units) {
      bar.stepBy(units);
    }

    @Override
    public void describe(String state) {
      bar.setExtraMessage(" " + state);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line at the start, at the end, and every few seconds between. */
  private static final class Lines implements Progress {
    private static final long INTERVAL = Duration.ofSeconds(2).toNanos();

    private final PrintStream out;
    private final String task;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong printed = new AtomicLong(start);
    private volatile String state = "";

    Lines(PrintStream out, String task, long total) {
      this.out = out;
      this.task = task;
      this.total = total;
      print();
    }

    @Override
    public void advance(long units) {
      done.addAndGet(units);
      long last = printed.get();
      long now = System.nanoTime();
      if (now - last > INTERVAL && printed.compareAndSet(last, now)) {
        print();
      }
    }

    @Override
    public void describe(String newState) {
      state = newState;
    }

    @Override
    public void close() {
      print();
    }

    private void print() {
      String share = total > 0 ? " (" + 100 * done.get() / total + " %)" : "";
      String of = total >= 0 ? " of " + total : "";
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(
          java.util.Locale.ROOT,
          "%s: %d%s%s, %.1f s%s%n",
          task,
          done.get(),
          of,
          share,
          seconds,
          state.isEmpty() ? "" : ", " + state);
    }
  }
}
