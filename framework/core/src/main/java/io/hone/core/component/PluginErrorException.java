package io.hone.core.component;

/**
 * A method of a plugin ended with an {@code Error}, such as {@code ThreadDeath}, or with a checked
 * exception that it does not declare.
 */
public final class PluginErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PluginErrorException(String plugin, Throwable error) {
    super("the plugin " + plugin + " ended with " + describe(error) + "; ask its author", error);
  }

  private static String describe(Throwable error) {
    StackTraceElement[] frames = error.getStackTrace();
    return frames.length == 0 ? error.toString() : error + " at " + frames[0];
  }
}
