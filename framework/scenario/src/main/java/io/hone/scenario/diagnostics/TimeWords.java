package io.hone.scenario.diagnostics;

import java.time.Duration;
import java.util.Locale;

/** Writes times as a user reads them: about, in one or two units. */
public final class TimeWords {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private TimeWords() {}

  /** Returns a time such as {@code 12 ms}, {@code 45 s}, {@code 5 min} or {@code 3 h 20 min}. */
  public static String of(Duration time) {
    double seconds = time.toNanos() / 1e9;
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.3g ms", seconds * 1e3);
    }
    long whole = Math.round(seconds);
    if (whole < 2 * MINUTE) {
      return whole + " s";
    }
    if (whole < 2 * HOUR) {
      return Math.round(seconds / MINUTE) + " min";
    }
    return whole < 3 * DAY
        ? whole / HOUR + " h " + whole % HOUR / MINUTE + " min"
        : Math.round(seconds / DAY) + " days";
  }
}
