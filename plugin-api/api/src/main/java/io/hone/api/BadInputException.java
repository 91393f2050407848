package io.hone.api;

import io.hone.api.stability.Stability;
import java.util.Objects;

/**
 * Says that something given by the user cannot be used, and what to do about it.
 *
 * <p>Before the first batch it ends a command with exit code 2 and nothing written; later with exit
 * code 1 and everything finished so far kept.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an error whose message names the place, what is wrong and the next step. */
  public BadInputException(String message) {
    super(message);
  }

  /** Creates an error with the exception that revealed it. */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns what is wrong; never null, whatever the plugin that threw this gave. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "no reason is given");
  }
}
