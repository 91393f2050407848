package io.hone.engine.results;

import java.util.Locale;

/** What became of an expectation. */
public enum ExpectationState {
  /** The figure is as expected. */
  MET,
  /** The figure is missing or not as expected. */
  NOT_MET,
  /** The figure is as expected, but it cannot be trusted. */
  UNTRUSTED;

  /** Returns the word in the results, such as {@code not-met}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
