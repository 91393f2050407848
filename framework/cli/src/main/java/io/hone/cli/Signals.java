package io.hone.cli;

import io.hone.core.engine.Cancellation;

/**
 * Turns Ctrl-C and termination into a cancellation.
 *
 * <p>The JVM's own reaction would run shutdown hooks, among them ONNX Runtime's, which frees native
 * memory that worker threads still use. So the first signal only asks the run to end; a second one
 * ends the process at once.
 */
final class Signals {
  private Signals() {}

  static void cancelOn(Cancellation cancellation) {
    for (String signal : new String[] {"INT", "TERM"}) {
      org.jline.utils.Signals.register(
          signal,
          () -> {
            if (cancellation.cancelled()) {
              Runtime.getRuntime().halt(ExitCode.CANCELLED);
            }
            System.err.println("cancelling: finished batches are kept (again to stop at once)");
            cancellation.cancel();
          });
    }
  }
}
