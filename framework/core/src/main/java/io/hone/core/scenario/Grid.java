package io.hone.core.scenario;

/** The values that a step's images may have. */
enum Grid {
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
