package io.hone.cli.model;

import io.hone.api.BadInputException;

/** Whole numbers given on the command line. */
final class Counts {
  private Counts() {}

  /** Returns an option's value, or a default where it was not given. */
  static int positive(String option, Integer given, int otherwise) {
    int value = given == null ? otherwise : given;
    if (value < 1) {
      throw new BadInputException(option + " must be at least 1, not " + value);
    }
    return value;
  }
}
