package io.hone.core.engine;

import io.hone.api.component.BadInputException;
import io.hone.core.component.PluginErrorException;
import java.io.IOException;

/** What a user is told of a failure, whatever was thrown. */
public final class FailureMessage {
  private FailureMessage() {}

  /** Returns what went wrong and, where it is known, what to do about it. */
  public static String of(Throwable failure) {
    return MachineFault.explain(failure)
        .orElseGet(
            () ->
                speaksForItself(failure)
                    ? failure.getMessage()
                    : failure + " (HONE_LOG=debug shows where)");
  }

  private static boolean speaksForItself(Throwable failure) {
    return failure instanceof BadInputException
        || failure instanceof ComponentFailureException
        || failure instanceof PluginErrorException
        || (failure instanceof IOException && failure.getMessage() != null);
  }
}
