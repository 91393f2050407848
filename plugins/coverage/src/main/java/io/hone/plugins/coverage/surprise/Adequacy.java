package io.hone.plugins.coverage.surprise;

/** How surprise is measured. */
public enum Adequacy {
  /** By how unlikely the answers are among those to ordinary images of the same class. */
  LSA,

  /** By how much nearer the answers are to those of the same class than to those of another. */
  DSA
}
