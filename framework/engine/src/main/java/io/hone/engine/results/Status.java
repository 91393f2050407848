package io.hone.engine.results;

/** How a run ended. */
public enum Status {
  COMPLETED,
  FAILED,
  CANCELLED;

  /** Returns the word in the results, such as {@code completed}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
