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
  private final String problem;

  /**
   * Creates an error. Its message is the problem after {@code train}, a dot and the key.
   *
   * @param key below {@code train}, keys joined by dots and items of lists by their index from 0,
   *     such as {@code engine}, {@code model.card}, {@code only.1} or {@code with.epochs}
   * @param problem what is wrong and the next step
   */
  public RefusedChoiceException(String key, String problem) {
    super(message(key, problem));
    this.key = key;
    this.problem = problem;
  }

  /** Creates an error with the exception that revealed it. */
  public RefusedChoiceException(String key, String problem, Throwable cause) {
    super(message(key, problem), cause);
    this.key = key;
    this.problem = problem;
  }

  private static String message(String key, String problem) {
    return "train." + key + ": " + problem;
  }

  /** Returns what is wrong and the next step, without the key. */
  public String problem() {
    return problem;
  }

  /** Returns the key below {@code train}, such as {@code only.1}. */
  public String key() {
    return key;
  }
}
