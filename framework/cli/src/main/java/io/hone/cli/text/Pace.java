package io.hone.cli.text;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast the units of a task get done: during the last minute while it runs, and in the mean once
 * it has ended. A machine that other work shares is not as fast now as an hour ago.
 */
final class Pace {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** A bar reads often, so readings that follow each other soon are one. */
  private final Deque<Reading> readings = new ArrayDeque<>();

  private Reading first = new Reading(Duration.ZERO, 0);
  private Reading last = first;

  /** What was done at a time. */
  private record Reading(Duration elapsed, long done) {
    OptionalDouble perSecondSince(Reading earlier) {
      double seconds = elapsed.minus(earlier.elapsed).toNanos() / 1e9;
      long units = done - earlier.done;
      return units > 0 && seconds > 0 ? OptionalDouble.of(units / seconds) : OptionalDouble.empty();
    }
  }

  Pace() {
    readings.add(first);
  }

  /** Takes units as done before the task began. */
  synchronized void resume(long units) {
    first = new Reading(first.elapsed(), first.done() + units);
    last = first;
    readings.clear();
    readings.add(first);
  }

  /** Takes notice of what is done. */
  synchronized void read(Duration elapsed, long done) {
    last = new Reading(elapsed, done);
    if (elapsed.minus(readings.getLast().elapsed()).compareTo(BETWEEN) >= 0) {
      readings.add(last);
    }
    while (readings.size() > 1 && isOutside(second())) {
      readings.removeFirst();
    }
  }

  private Reading second() {
    return readings.stream().skip(1).findFirst().orElseThrow();
  }

  private boolean isOutside(Reading reading) {
    return last.elapsed().minus(reading.elapsed()).compareTo(WINDOW) >= 0;
  }

  /** From now on the mean of the whole task counts. */
  synchronized void end() {
    readings.clear();
    readings.add(first);
  }

  /** Returns the units of a second; empty while nothing is done. */
  synchronized OptionalDouble perSecond() {
    OptionalDouble recent = last.perSecondSince(readings.getFirst());
    return recent.isPresent() ? recent : last.perSecondSince(first);
  }

  /** Returns whether the task runs for longer than a time. */
  synchronized boolean covers(Duration time) {
    return last.elapsed().compareTo(time) > 0;
  }

  /** Returns how long further units take at this pace; empty where that is not known. */
  Optional<Duration> timeFor(long units) {
    OptionalDouble rate = perSecond();
    return rate.isPresent()
        ? Optional.of(Duration.ofNanos((long) (units / rate.getAsDouble() * 1e9)))
        : Optional.empty();
  }
}
