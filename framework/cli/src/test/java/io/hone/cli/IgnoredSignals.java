package io.hone.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Undoes what a test run inherits if it is begun in the background or under {@code nohup}: it
 * ignores interrupts or hang-ups, so do all its children, and neither a shell nor a JVM reacts to a
 * signal that it was told to ignore.
 */
final class IgnoredSignals {
  private static final List<Integer> SIGNALS = List.of(1, 2); // HUP and INT
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Commands that let the command after them react to both again; not all are everywhere. */
  private static final List<List<String>> RESETTING =
      List.of(
          List.of("env", "--default-signal=HUP,INT"),
          List.of("perl", "-e", "$SIG{HUP} = $SIG{INT} = 'DEFAULT'; exec @ARGV"),
          List.of(
              "python3",
              "-c",
              "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_DFL);"
                  + " signal.signal(signal.SIGINT, signal.SIG_DFL);"
                  + " os.execvp(sys.argv[1], sys.argv[1:])"));

  /** What to put before a command; {@code null} if either reaches no process that is started. */
  private static final List<String> PREFIX = findPrefix();

  private IgnoredSignals() {}

  /** Returns whether a process started by {@link #undoneFor} reacts to hang-ups and interrupts. */
  static boolean canBeUndone() {
    return PREFIX != null;
  }

  /** Returns a command that starts the given one so that it reacts to both, if possible. */
  static List<String> undoneFor(List<String> command) {
    List<String> whole = new ArrayList<>(PREFIX == null ? List.of() : PREFIX);
    whole.addAll(command);
    return whole;
  }

  private static List<String> findPrefix() {
    try {
      // Without such a file, as on macOS, nothing tells: tests are then begun in the foreground.
      if (!Files.isReadable(STATUS) || !ignoresAny(Files.readString(STATUS))) {
        return List.of();
      }
      for (List<String> candidate : RESETTING) {
        if (resets(candidate)) {
          return candidate;
        }
      }
      return null;
    } catch (IOException e) {
      throw new AssertionError("signals cannot be looked at", e);
    }
  }

  private static boolean resets(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("cat", STATUS.toString()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] out = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 && !ignoresAny(new String(out, StandardCharsets.ISO_8859_1));
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean ignoresAny(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> new BigInteger(line.substring(7).strip(), 16))
        .anyMatch(ignored -> SIGNALS.stream().anyMatch(signal -> ignored.testBit(signal - 1)));
  }
}
