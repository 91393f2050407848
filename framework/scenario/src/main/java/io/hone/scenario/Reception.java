package io.hone.scenario;

import io.hone.api.metric.StepKind;
import java.util.function.Predicate;

/**
 * What a kind of step receives.
 *
 * @param key that names it
 * @param byDefault what a step receives that names nothing
 * @param clean whether the data set's own images can be received
 * @param steps which kinds of steps can be received
 * @param joins whether several results are received together, and not each by an entry of its own
 */
public record Reception(
    String key, Default byDefault, boolean clean, Predicate<StepKind> steps, boolean joins) {
  /** The key of all kinds that do not name what they receive themselves. */
  public static final String OF = "of";

  /** What a step receives that names nothing. */
  public enum Default {
    CLEAN,
    STEP_BEFORE,
    NOTHING
  }

  /** Returns that the clean images alone are received. */
  public static Reception ofClean() {
    return new Reception(OF, Default.CLEAN, true, kind -> false, false);
  }

  /** Returns that steps of some kinds are received. */
  public static Reception ofSteps(Predicate<StepKind> steps) {
    return new Reception(OF, Default.STEP_BEFORE, false, steps, false);
  }

  /** Returns that steps of some kinds are received, or the clean images. */
  public static Reception ofCleanOrSteps(Predicate<StepKind> steps) {
    return new Reception(OF, Default.STEP_BEFORE, true, steps, false);
  }

  /** Returns that several results are received together, named by the kind's own key. */
  public static Reception joining(String key, Predicate<StepKind> steps) {
    return new Reception(key, Default.NOTHING, false, steps, true);
  }
}
