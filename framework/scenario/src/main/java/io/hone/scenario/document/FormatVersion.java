package io.hone.scenario.document;

/** The version of a file's format. */
record FormatVersion(int number) {
  /** The version that is read here. */
  static final int CURRENT = 1;
}
