package io.hone.engine.results;

import java.util.Locale;

/** How a run ended. */
public enum Status {
  COMPLETED,
  FAILED,
  CANCELLED;

  /** Returns the word in the results, such as {@code completed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
