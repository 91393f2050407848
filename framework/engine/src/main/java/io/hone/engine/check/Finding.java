package io.hone.engine.check;

import io.hone.engine.results.CheckState;
import java.util.OptionalDouble;

/**
 * What a check found.
 *
 * @param state what it says of the figures
 * @param number what was measured; empty where nothing was
 * @param text what was found, in one or two sentences
 * @param advice what to do about it; empty where nothing is to be done
 */
public record Finding(CheckState state, OptionalDouble number, String text, String advice) {
  /** Returns that the check has nothing to look at, and why. */
  static Finding notApplicable(String why) {
    return new Finding(CheckState.NOT_APPLICABLE, OptionalDouble.empty(), why, "");
  }

  /** Returns a finding; where it is a pass, nothing is to be done. */
  static Finding of(CheckState state, double number, String text, String advice) {
    return new Finding(
        state, OptionalDouble.of(number), text, state == CheckState.PASS ? "" : advice);
  }

  /** Returns this finding as a warning, if it is a failure, and why it is no more than that. */
  Finding atMostWarning(String why) {
    return state == CheckState.FAIL
        ? new Finding(CheckState.WARN, number, text + " " + why, advice)
        : this;
  }
}
