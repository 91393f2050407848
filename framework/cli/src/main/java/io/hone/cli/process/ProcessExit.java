package io.hone.cli.process;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of this process.
 *
 * <p>Whoever calls {@code System.exit} ends the whole JVM, with an exit code that a caller takes
 * for Hone's. So an exit that Hone did not ask for is an error, whatever its code.
 */
public final class ProcessExit {
  private static final Set<String> EXITING =
      Set.of("java.lang.System", "java.lang.Runtime", "java.lang.Shutdown");

  private static final AtomicBoolean ASKED_FOR = new AtomicBoolean();

  private ProcessExit() {}

  /** Makes every exit an error that {@link #end} did not ask for. */
  public static void guard() {
    Runtime.getRuntime().addShutdownHook(new Thread(ProcessExit::check, "hone-exit"));
  }

  /** Ends the process with Hone's own exit code. */
  public static void end(int exitCode) {
    ASKED_FOR.set(true);
    LauncherLink.done();
    System.exit(exitCode);
  }

  private static void check() {
    if (ASKED_FOR.get()) {
      return;
    }
    System.err.println(
        "error: "
            + caller().map(place -> place + " called").orElse("something called")
            + " System.exit and ended Hone before it was done; a component may not do that. What is"
            + " there of results is incomplete. Try without its plugin, or ask its author.");
    LauncherLink.done();
    // Within a hook, only this changes the exit code.
    Runtime.getRuntime().halt(ExitCode.FAILED);
  }

  /** Returns where the exit was called: the thread that called it waits there. */
  private static Optional<String> caller() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Thread.currentThread()))
        .map(Map.Entry::getValue)
        .map(Arrays::asList)
        .filter(frames -> frames.stream().anyMatch(ProcessExit::exits))
        .flatMap(frames -> afterExit(frames).stream())
        .findFirst()
        .map(StackTraceElement::toString);
  }

  private static boolean exits(StackTraceElement frame) {
    return EXITING.contains(frame.getClassName()) && frame.getMethodName().equals("exit");
  }

  private static Optional<StackTraceElement> afterExit(List<StackTraceElement> frames) {
    return frames.stream()
        .dropWhile(frame -> !exits(frame))
        .dropWhile(ProcessExit::exits)
        .findFirst();
  }
}
