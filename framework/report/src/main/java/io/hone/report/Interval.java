package io.hone.report;

import io.hone.engine.results.RateInterval;
import java.util.Locale;

/**
 * The 95 % interval of a rate as the page shows it.
 *
 * @param low bound, 0 to 1
 * @param high bound, 0 to 1
 */
record Interval(double low, double high) {
  private static final String PERCENT = "\u00a0%";

  static Interval of(RateInterval interval) {
    return new Interval(interval.low(), interval.high());
  }

  /** Returns the bounds as people read them. */
  String text() {
    return number(low) + "\u2013" + FigureFormat.SHARE.text(high);
  }

  /** Returns the bounds for those who do not see the figure. */
  String words() {
    return "95 % interval " + number(low) + " to " + FigureFormat.SHARE.text(high);
  }

  private static String number(double share) {
    return FigureFormat.SHARE.text(share).replace(PERCENT, "");
  }

  /** Returns the lower bound as SVG wants it. */
  String from() {
    return length(low);
  }

  /** Returns the upper bound as SVG wants it. */
  String to() {
    return length(high);
  }

  private static String length(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
