package io.hone.host.plugin;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a thrown object says of itself. A plugin's exception may throw in turn when it is asked, and
 * must not hide the failure by that.
 */
public final class ThrowableText {
  /** Ten are plenty; a chain of causes may be a circle. */
  private static final int DEPTH = 10;

  private ThrowableText() {}

  /** Returns the class and the message; where the message cannot be read, it says so. */
  public static String of(Throwable thrown) {
    try {
      return String.valueOf(thrown);
    } catch (RuntimeException | Error unreadable) {
      return thrown.getClass().getName() + " (its message cannot be read)";
    }
  }

  /** Returns the message, or class and message where there is no message or it cannot be read. */
  public static String messageOf(Throwable thrown) {
    try {
      return Optional.ofNullable(thrown.getMessage()).orElseGet(() -> of(thrown));
    } catch (RuntimeException | Error unreadable) {
      return of(thrown);
    }
  }

  /** Returns whether a thrown object and all that belongs to it can be printed. */
  public static boolean isReadable(Throwable thrown) {
    try {
      return isReadable(thrown, DEPTH);
    } catch (RuntimeException | Error unreadable) {
      return false;
    }
  }

  private static boolean isReadable(@Nullable Throwable thrown, int depth) {
    if (thrown == null || depth == 0) {
      return true;
    }
    thrown.getMessage();
    thrown.getLocalizedMessage();
    return String.valueOf(thrown) != null
        && thrown.getStackTrace() != null
        && isReadable(thrown.getCause(), depth - 1)
        && Arrays.stream(thrown.getSuppressed()).allMatch(other -> isReadable(other, depth - 1));
  }
}
