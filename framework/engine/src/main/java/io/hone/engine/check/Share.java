package io.hone.engine.check;

import io.hone.engine.results.CheckState;

/**
 * How many of some samples speak against a figure.
 *
 * @param count that speak against it
 * @param of all that were looked at
 */
record Share(int count, int of) {
  /** One or two samples of a few dozen may be chance: they are told, but raise no flag. */
  private static final int ENOUGH = 3;

  /** What thresholds say of it. */
  static final String FEW = "; fewer than " + ENOUGH + " samples only warn";

  double value() {
    return of == 0 ? 0 : (double) count / of;
  }

  /** Returns what a check says that tolerates a share. */
  CheckState state(double tolerated) {
    if (value() <= tolerated) {
      return CheckState.PASS;
    }
    return count >= ENOUGH ? CheckState.FAIL : CheckState.WARN;
  }

  /** Returns a finding about this share. */
  Finding finding(double tolerated, String text, String advice) {
    return Finding.of(state(tolerated), value(), text, advice);
  }

  @Override
  public String toString() {
    return count + " of " + of;
  }
}
