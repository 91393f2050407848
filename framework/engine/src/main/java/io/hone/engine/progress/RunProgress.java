package io.hone.engine.progress;

import io.hone.api.run.Progress;
import io.hone.scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Turns what the units of a run are at into one progress, which moves within a step too: the
 * model's queries are counted, and where it is known how many a sample takes, they tell what share
 * of a unit is done.
 *
 * <p>Progress counts samples times steps. How long the rest takes is told by what each step took
 * for a sample so far, since one step may take a thousand times as long as another.
 */
public final class RunProgress {
  private static final long BETWEEN_WORDS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Progress progress;
  private final List<Tally> tallies = new ArrayList<>();
  private final long samples;
  private final int threads;
  private final LongSupplier clock;
  private long lastWords;
  private long askedSinceWords;

  /**
   * Creates a progress.
   *
   * @param steps in the order of their numbers
   * @param expectedQueries of a sample at each step, where that is known beforehand
   * @param samples that are left
   * @param clock nanoseconds
   */
  public RunProgress(
      Progress progress,
      List<Step> steps,
      List<OptionalLong> expectedQueries,
      long samples,
      int threads,
      LongSupplier clock) {
    this.progress = progress;
    this.samples = samples;
    this.threads = threads;
    this.clock = clock;
    this.lastWords = clock.getAsLong();
    for (int step = 0; step < steps.size(); step++) {
      tallies.add(new Tally(steps.get(step).name(), expectedQueries.get(step)));
    }
  }

  /** Returns what is told of the work on one unit; units are worked on side by side. */
  public UnitWatch unit(long count) {
    return new Unit(count);
  }

  /** What is known of a step so far. */
  private static final class Tally {
    private final String name;
    private final OptionalLong expected;
    private long asked;
    private long finishedSamples;
    private long finishedQueries;
    private long measuredSamples;
    private long measuredNanos;
    private long advancedSamples;

    Tally(String name, OptionalLong expected) {
      this.name = name;
      this.expected = expected;
    }

    /** Returns how many queries a sample takes: by those that are finished, else as declared. */
    OptionalDouble queriesPerSample() {
      if (finishedQueries > 0) {
        return OptionalDouble.of((double) finishedQueries / finishedSamples);
      }
      return expected.isPresent() && expected.getAsLong() > 0
          ? OptionalDouble.of(expected.getAsLong())
          : OptionalDouble.empty();
    }
  }

  private final class Unit implements UnitWatch {
    private final long count;

    /** That of the step it is in; nobody's until the first one begins. */
    private Tally tally = new Tally("", OptionalLong.empty());

    private long begun;
    private long asked;
    private long advanced;

    Unit(long count) {
      this.count = count;
    }

    @Override
    public void begin(int step) {
      synchronized (RunProgress.this) {
        tally = tallies.get(step);
        begun = clock.getAsLong();
        asked = 0;
        advanced = 0;
        speak(this);
      }
    }

    @Override
    public void asked(long images) {
      synchronized (RunProgress.this) {
        asked += images;
        tally.asked += images;
        askedSinceWords += images;
        tally.queriesPerSample().ifPresent(perSample -> advanceTo((long) (asked / perSample)));
        if (clock.getAsLong() - lastWords >= BETWEEN_WORDS) {
          speak(this);
        }
      }
    }

    /** The last sample counts only when the step has ended: the number of queries is a guess. */
    private void advanceTo(long done) {
      long more = Math.min(done, count - 1) - advanced;
      if (more > 0) {
        advanced += more;
        tally.advancedSamples += more;
        progress.advance(more);
      }
    }

    @Override
    public void end(boolean measured) {
      synchronized (RunProgress.this) {
        progress.advance(count - advanced);
        tally.advancedSamples += count - advanced;
        advanced = count;
        if (measured) {
          tally.finishedSamples += count;
          tally.finishedQueries += asked;
          tally.measuredSamples += count;
          tally.measuredNanos += clock.getAsLong() - begun;
        }
        speak(this);
      }
    }

    @Override
    public void done() {
      if (tallies.isEmpty()) {
        progress.advance(count);
      }
    }
  }

  private void speak(Unit unit) {
    long now = clock.getAsLong();
    double seconds = (now - lastWords) / 1e9;
    StringBuilder words = new StringBuilder("step ").append(unit.tally.name);
    if (unit.tally.asked > 0) {
      words.append(String.format(Locale.ROOT, ", %,d queries", unit.tally.asked));
      if (seconds > 0 && askedSinceWords > 0) {
        words.append(String.format(Locale.ROOT, ", %,.0f a second", askedSinceWords / seconds));
      }
    }
    if (now - lastWords >= BETWEEN_WORDS) {
      lastWords = now;
      askedSinceWords = 0;
    }
    progress.describe(words.toString());
    progress.expect(left(unit, now));
  }

  /** Returns how long the rest takes, once each step that is left has been measured in part. */
  private Optional<Duration> left(Unit unit, long now) {
    double left = 0;
    for (Tally tally : tallies) {
      long rest = samples - tally.advancedSamples;
      if (rest <= 0) {
        continue;
      }
      if (tally.measuredSamples > 0) {
        left += rest * ((double) tally.measuredNanos / tally.measuredSamples);
      } else if (tally == unit.tally && unit.advanced > 0) {
        left += rest * ((double) (now - unit.begun) / unit.advanced);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(Duration.ofNanos((long) (left / threads)));
  }
}
