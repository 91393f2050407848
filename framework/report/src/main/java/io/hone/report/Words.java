package io.hone.report;

import java.util.Locale;

/** Counts in words, and what is said behind a figure. */
final class Words {
  /** Is said behind a figure that cannot be trusted. */
  static final String UNTRUSTED = " (cannot be trusted)";

  private Words() {}

  /** Returns a count with its noun, such as {@code 1,009 samples}. */
  static String count(long number, String singular, String plural) {
    return count(number) + " " + (number == 1 ? singular : plural);
  }

  /** Returns a count with its thousands set apart. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
