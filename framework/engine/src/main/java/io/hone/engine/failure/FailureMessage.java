package io.hone.engine.failure;

import io.hone.api.BadInputException;
import io.hone.host.plugin.PluginErrorException;
import io.hone.host.plugin.ThrowableText;
import java.io.IOException;
import java.util.Optional;

/** What a user is told of a failure, whatever was thrown. */
public final class FailureMessage {
  private FailureMessage() {}

  /** Returns what went wrong and, where it is known, what to do about it. */
  public static String of(Throwable failure) {
    Optional<String> advice = MachineFault.advice(failure);
    if (speaksForItself(failure)) {
      return failure.getMessage() + advice.map(text -> "\n" + text).orElse("");
    }
    return advice.orElseGet(() -> ThrowableText.of(failure) + " (HONE_LOG=debug shows where)");
  }

  private static boolean speaksForItself(Throwable failure) {
    return failure instanceof BadInputException
        || failure instanceof ComponentFailureException
        || failure instanceof PluginErrorException
        || (failure instanceof IOException && failure.getMessage() != null);
  }
}
