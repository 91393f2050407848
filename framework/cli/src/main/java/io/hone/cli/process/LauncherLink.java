package io.hone.cli.process;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The two pipes between this process and the launcher that started it.
 *
 * <p>The launcher hands on the signals that reach it, and learns through the other pipe whether
 * Hone ended because it was done: a plugin can end the JVM with any exit code. Without a launcher
 * there is nothing to tell, and nobody to hear.
 */
final class LauncherLink {
  private static final String SIGNALS = "hone.launcher.signals";
  private static final String STATE = "hone.launcher.state";
  private static final int KILLED = 137;

  private LauncherLink() {}

  /**
   * Tells the launcher that Hone began, and listens to it from now on.
   *
   * @param signals told the name of each signal that the launcher got, such as {@code INT}
   */
  static void open(Consumer<String> signals) {
    tell("started");
    String pipe = System.getProperty(SIGNALS);
    if (pipe != null) {
      Thread listener = new Thread(() -> listen(pipe, signals), "hone-launcher");
      listener.setDaemon(true);
      listener.start();
    }
  }

  private static void listen(String pipe, Consumer<String> signals) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(pipe), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        signals.accept(line);
      }
    } catch (IOException noPipe) {
      return;
    }
    // The launcher was killed. Whoever did that wants the work to end, and its folder to be free.
    Runtime.getRuntime().halt(KILLED);
  }

  /** Tells the launcher that the exit which follows is Hone's own. */
  static void done() {
    tell("done");
  }

  private static void tell(String state) {
    String pipe = System.getProperty(STATE);
    if (pipe == null) {
      return;
    }
    try (OutputStream out = new FileOutputStream(pipe)) {
      out.write((state + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException launcherGone) {
      // Then nobody asks for the state either.
    }
  }
}
