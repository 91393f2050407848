package io.hone.api.run;

import io.hone.api.stability.Stability;

/**
 * The reasons that the column {@code reason} of the results gives, and what each of them means.
 *
 * <p>The set is open: a component may give a reason of its own, in lower case words joined by
 * hyphens, such as {@code stale}. Where one of these fits, a component gives this one, because the
 * framework counts reasons and judges by them whether figures can be trusted.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class Reason {
  /** No query is left of the sample's budget. The attack or improver gives it. */
  public static final String BUDGET = "budget";

  /** The model answered with NaN, or a gradient was not a number. The attack gives it. */
  public static final String NAN = "nan";

  /**
   * The gradient was zero wherever the attack asked for it. The attack gives it; the framework
   * gives it to what an improver made without a direction.
   */
  public static final String NO_GRADIENT = "no-gradient";

  /**
   * The search ended without an adversarial example. The framework gives it where the attack gave
   * no reason.
   */
  public static final String NOT_FOUND = "not-found";

  /** The model has no class beside the label. The attack gives it. */
  public static final String NO_OTHER_CLASS = "no-other-class";

  /**
   * The received image does not meet the goal, so there is nothing to improve. The framework gives
   * it to samples that it does not hand to an improver, and the improver to samples that it was
   * handed.
   */
  public static final String NOT_ADVERSARIAL = "not-adversarial";

  /** The model gives the clean image another class than the label. The framework gives it. */
  public static final String MISCLASSIFIED = "misclassified";

  /**
   * Another model, which examples are shown to, gives the clean image another class than the label.
   * The framework gives it.
   */
  public static final String WRONG_ON_CLEAN = "wrong-on-clean";

  /** The label is the target already. The framework gives it. */
  public static final String IS_TARGET = "is-target";

  /** The clean image is not within the bounds of the step. The framework gives it. */
  public static final String OUTSIDE_BOUNDS = "outside-bounds";

  /** The goal names no target for the label. The framework gives it. */
  public static final String NO_TARGET = "no-target";

  /**
   * The success came back as it was received, but for the rounding that was asked for. The
   * framework gives it.
   */
  public static final String NOT_IMPROVED = "not-improved";

  /** The success is none any more on the 8-bit grid. The framework gives it. */
  public static final String LOST_BY_ROUNDING = "lost-by-rounding";

  /** The improver did not keep the class of the success. The framework gives it. */
  public static final String LABEL_LOST = "label-lost";

  private Reason() {}
}
