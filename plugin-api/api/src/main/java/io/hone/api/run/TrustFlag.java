package io.hone.api.run;

/**
 * A reason why figures of a run cannot be fully trusted.
 *
 * @param code short and stable, in kebab case, such as {@code not-repeatable}: scenarios accept a
 *     flag by its code
 * @param text what was assumed or found, and what to do about it, in one or two sentences
 */
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
}
