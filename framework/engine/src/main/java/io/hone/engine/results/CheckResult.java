package io.hone.engine.results;

import org.jspecify.annotations.Nullable;

/**
 * What one self-check found of one entry.
 *
 * @param id of the check
 * @param entry the name of the attack's entry, or of the clean images of a model
 * @param state the word of a {@link CheckState}
 * @param number what was measured, larger being worse; null where nothing was
 * @param measure what the number is
 * @param threshold up to which number the check passes, in words
 * @param text what was found
 * @param advice what to do about it; empty where nothing is to be done
 * @param flag code of the flag of trust that a failure raises; empty where it raises none
 */
public record CheckResult(
    String id,
    String entry,
    String state,
    @Nullable Double number,
    String measure,
    String threshold,
    String text,
    String advice,
    String flag) {
  /** Returns whether the state is this one. */
  public boolean is(CheckState wanted) {
    return state.equals(wanted.word());
  }

  /** Returns whether whoever reads the results should look at this finding. */
  public boolean speaksUp() {
    return is(CheckState.WARN) || is(CheckState.FAIL);
  }
}
