package io.hone.api.train;

import io.hone.api.BadInputException;
import io.hone.api.stability.Stability;

/**
 * Says that what a scenario writes at one key of {@code train} cannot be used. A trainer throws it
 * so that the error is told at that key.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class RefusedChoiceException extends BadInputException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * Creates an error.
   *
   * @param key below {@code train}, keys joined by dots and items of lists by their index from 0,
   *     such as {@code engine}, {@code model.card}, {@code only.1} or {@code with.epochs}
   * @param message what is wrong and the next step
   */
  public RefusedChoiceException(String key, String message) {
    super(message);
    this.key = key;
  }

  /** Returns the key below {@code train}, such as {@code only.1}. */
  public String key() {
    return key;
  }
}
