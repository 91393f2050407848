package io.hone.api.run;

import io.hone.api.stability.Stability;
import java.util.List;

/**
 * A reason why figures of a run cannot be fully trusted.
 *
 * <p>A scenario accepts a flag by its code. A component takes one of {@link #CODES}; where none
 * fits, its code begins with the component's id and a dot, as in {@code my-attack.old-cache}.
 *
 * @param code short and stable, in kebab case, such as {@code not-repeatable}
 * @param text what was assumed or found, and what to do about it, in one or two sentences
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record TrustFlag(String code, String text) {
  /** The model gives the same image different results. */
  public static final String NOT_REPEATABLE = "not-repeatable";

  /** The labels are the model's own predictions. */
  public static final String OWN_LABELS = "own-labels";

  /** What the model's input means (range, order of channels, normalisation) was assumed. */
  public static final String ASSUMED_INPUT = "assumed-input";

  /** What the model's output means (logits, probabilities, which output) was assumed. */
  public static final String ASSUMED_OUTPUT = "assumed-output";

  /** Which class a label means was assumed. */
  public static final String ASSUMED_LABELS = "assumed-labels";

  /**
   * Samples of a step failed, or were improved without a direction, because every gradient was
   * zero. The framework counts them; no component raises this flag itself.
   */
  public static final String NO_GRADIENT = Reason.NO_GRADIENT;

  /**
   * Samples of a step failed because the model answered with NaN. The framework counts them; no
   * component raises this flag itself.
   */
  public static final String NAN = Reason.NAN;

  /**
   * Samples of a step were not attacked because their clean image is outside the step's bounds, and
   * the accuracy counts them as robust. The framework counts them; no component raises this flag
   * itself.
   */
  public static final String OUTSIDE_BOUNDS = Reason.OUTSIDE_BOUNDS;

  /**
   * A self-check found that the gradients of a model mislead an attack: the attack fails where
   * weaker ones succeed, so its failure does not show that the model is robust.
   */
  public static final String MASKED_GRADIENT = "masked-gradient";

  /** A self-check found that an attack breaks more samples with more steps or restarts. */
  public static final String NOT_CONVERGED = "not-converged";

  /** A self-check found that an attack met adversarial examples and did not return them. */
  public static final String SILENT_SUCCESS = "silent-success";

  /** A self-check found emitted images that leave the ball, or are not what they count as. */
  public static final String BROKEN_CONSTRAINT = "broken-constraint";

  /** A self-check found that what counts as logits are probabilities. */
  public static final String PROBABILITIES_AS_LOGITS = "probabilities-as-logits";

  /**
   * A self-check found logits that decide nothing: all equal, infinite, not a number, or of one
   * class only.
   */
  public static final String DEGENERATE_LOGITS = "degenerate-logits";

  /** Neurons of the model answer with NaN, and figures of activations leave these answers out. */
  public static final String NAN_ACTIVATIONS = "nan-activations";

  /** Every code that has a meaning of its own. */
  public static final List<String> CODES =
      List.of(
          NO_GRADIENT,
          NAN,
          NOT_REPEATABLE,
          OWN_LABELS,
          ASSUMED_INPUT,
          ASSUMED_OUTPUT,
          ASSUMED_LABELS,
          MASKED_GRADIENT,
          NOT_CONVERGED,
          SILENT_SUCCESS,
          BROKEN_CONSTRAINT,
          PROBABILITIES_AS_LOGITS,
          DEGENERATE_LOGITS,
          NAN_ACTIVATIONS,
          OUTSIDE_BOUNDS);
}
