package io.hone.cli.text;

import io.hone.api.run.Progress;
import io.hone.engine.context.RunListener;
import io.hone.scenario.diagnostics.TimeWords;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows runs on standard error: a bar on a terminal, plain lines elsewhere. */
public final class Console implements RunListener {
  private final PrintStream out;
  private final boolean terminal;

  Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Returns the console of this process. */
  public static Console ofProcess() {
    return new Console(System.err, onTerminal());
  }

  /** Returns whether a person looks at this process on a terminal. */
  static boolean onTerminal() {
    String kind = System.getenv("TERM");
    return System.console() != null && kind != null && !kind.equals("dumb");
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
    private final TimeLeft left = new TimeLeft();
    private final Pace pace = new Pace();

    Bar(PrintStream out, String task, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setEtaFunction(
                  state -> {
                    pace.read(state.getElapsedAfterStart(), state.getCurrent());
                    return left.of(state.getCurrent(), state.getMax(), pace);
                  })
              .setConsumer(new BarLine(out))
              .build();
    }

    @Override
    public void advance(long units) {
      bar.stepBy(units);
    }

    @Override
    public void resume(long units) {
      pace.resume(units);
      bar.stepBy(units);
    }

    @Override
    public void describe(String state) {
      bar.setExtraMessage(" " + state);
    }

    @Override
    public void expect(Optional<Duration> rest) {
      left.expect(rest);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /**
   * A line at the start, at the end, and every few seconds between, whether anything moved or not:
   * long work is never silent.
   */
  private static final class Lines implements Progress {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration SHORTEST_TOLD = Duration.ofSeconds(1);

    private final PrintStream out;
    private final String task;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final Pace pace = new Pace();
    private final TimeLeft left = new TimeLeft();
    private final Thread ticker;
    private volatile String state = "";

    Lines(PrintStream out, String task, long total) {
      this.out = out;
      this.task = task;
      this.total = total;
      this.ticker = new Thread(this::tick, "hone-progress");
      print();
      ticker.setDaemon(true);
      ticker.start();
    }

    /** Prints at intervals, which grow with the time that the task takes. */
    private void tick() {
      try {
        while (true) {
          Duration tenth = elapsed().dividedBy(10);
          Duration pause = tenth.compareTo(SHORTEST) < 0 ? SHORTEST : tenth;
          Thread.sleep((pause.compareTo(LONGEST) > 0 ? LONGEST : pause).toMillis());
          print();
        }
      } catch (InterruptedException closed) {
        // The task has ended, and prints its last line itself.
      }
    }

    private Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void advance(long units) {
      done.addAndGet(units);
    }

    @Override
    public void resume(long units) {
      pace.resume(units);
      done.addAndGet(units);
    }

    @Override
    public void describe(String newState) {
      state = newState;
    }

    @Override
    public void expect(Optional<Duration> rest) {
      left.expect(rest);
    }

    @Override
    public void close() {
      ticker.interrupt();
      try {
        ticker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      pace.end();
      print();
    }

    private void print() {
      long now = done.get();
      Duration elapsed = elapsed();
      pace.read(elapsed, now);
      double seconds = elapsed.toNanos() / 1e9;
      StringBuilder line = new StringBuilder(task).append(": ").append(now);
      if (total >= 0) {
        line.append(" of ").append(total);
      }
      if (total > 0) {
        line.append(" (").append(100 * now / total).append(" %)");
      }
      line.append(String.format(Locale.ROOT, ", %.1f s", seconds));
      if (seconds >= 1) {
        pace.perSecond()
            .ifPresent(rate -> line.append(String.format(Locale.ROOT, ", %.3g a second", rate)));
      }
      if (!state.isEmpty()) {
        line.append(", ").append(state);
      }
      if (now < total) {
        left.of(now, total, pace)
            .filter(rest -> rest.compareTo(SHORTEST_TOLD) >= 0)
            .ifPresent(rest -> line.append(", about ").append(TimeWords.of(rest)).append(" left"));
      }
      out.println(line);
    }
  }

  /** How long a task goes on: what it said itself, else by the units that are done. */
  private static final class TimeLeft {
    private static final Duration TOO_SHORT_TO_TELL = Duration.ofSeconds(3);

    private volatile Optional<Duration> told = Optional.empty();
    private volatile long toldAt;
    private volatile boolean tells;

    void expect(Optional<Duration> rest) {
      told = rest;
      toldAt = System.nanoTime();
      tells = true;
    }

    Optional<Duration> of(long done, long total, Pace pace) {
      if (tells) {
        Duration since = Duration.ofNanos(System.nanoTime() - toldAt);
        return told.map(rest -> rest.minus(since)).filter(rest -> !rest.isNegative());
      }
      return total >= done && pace.covers(TOO_SHORT_TO_TELL)
          ? pace.timeFor(total - done)
          : Optional.empty();
    }
  }
}
