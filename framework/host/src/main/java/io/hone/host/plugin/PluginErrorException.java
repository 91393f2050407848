package io.hone.host.plugin;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call of a component of a plugin ended with something that the component may not throw. */
public final class PluginErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PluginErrorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns an exception for what a component threw itself.
   *
   * @param owner the component and its plugin
   */
  static PluginErrorException thrownBy(String owner, Throwable thrown) {
    return of(owner + " ended with " + described(thrown) + "; ask its author", thrown);
  }

  /**
   * Returns an exception for what Hone threw when a component called it, and the component let
   * pass.
   *
   * @param owner the component and its plugin
   */
  static PluginErrorException passedBy(String owner, Throwable thrown) {
    return of(owner + " called Hone, which ended with " + described(thrown), thrown);
  }

  private static PluginErrorException of(String message, Throwable thrown) {
    // Whoever prints a chain of causes must not fail on one of them.
    return new PluginErrorException(message, ThrowableText.isReadable(thrown) ? thrown : null);
  }

  private static String described(Throwable thrown) {
    String text = ThrowableText.of(thrown);
    if (!ThrowableText.isReadable(thrown)) {
      return text;
    }
    // Where the JDK refuses an argument, its caller is what tells most.
    StackTraceElement[] frames = thrown.getStackTrace();
    return Stream.concat(
            Arrays.stream(frames).filter(frame -> !isOfJdk(frame)), Arrays.stream(frames))
        .findFirst()
        .map(frame -> text + " at " + frame)
        .orElse(text);
  }

  private static boolean isOfJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
