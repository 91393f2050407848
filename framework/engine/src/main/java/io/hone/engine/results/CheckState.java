package io.hone.engine.results;

import java.util.Arrays;
import java.util.Optional;

/** What a self-check says of the figures that it looked at. */
public enum CheckState {
  /** Nothing speaks against them. */
  PASS("pass"),
  /** Something is worth knowing, but too little to distrust them. */
  WARN("warn"),
  /** They cannot be trusted. */
  FAIL("fail"),
  /** The check has nothing to look at. */
  NOT_APPLICABLE("not-applicable");

  private final String word;

  CheckState(String word) {
    this.word = word;
  }

  /** Returns the word in the results. */
  public String word() {
    return word;
  }

  /** Returns the state of a word in the results; empty for words of later versions. */
  public static Optional<CheckState> of(String word) {
    return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
  }
}
