package io.hone.scenario.document;

/** The values that a step's images may have. */
public enum Grid {
  FLOAT("float"),
  EIGHT_BIT("8bit");

  private final String word;

  Grid(String word) {
    this.word = word;
  }

  /** Returns the word in YAML. */
  String word() {
    return word;
  }
}
