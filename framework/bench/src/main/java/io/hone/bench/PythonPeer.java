package io.hone.bench;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer in a process of its own: one of this module's scripts, run by the Python that the user
 * names. It prints its figures as one JSON object.
 */
final class PythonPeer {
  private static final Path SCRIPTS = Path.of("framework/bench/src/peers");

  private final Path python;
  private final Path checkout;
  private final Path script;

  /**
   * Makes sure that the peer can run.
   *
   * @param python that has what the script imports, there or on {@code PYTHONPATH}
   * @param checkout that holds the script
   * @param name of the script's file
   * @throws BadInputException with the next step if it cannot
   */
  PythonPeer(Path python, Path checkout, String name) throws IOException {
    this.python = python;
    this.checkout = checkout;
    this.script = SCRIPTS.resolve(name);
    call(List.of("--check"));
  }

  /**
   * Runs the script.
   *
   * @param figures what it prints
   */
  <T> T run(Class<T> figures, List<String> arguments) throws IOException {
    return PeerFigures.read(figures, call(arguments), script.toString());
  }

  private String call(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
    command.addAll(arguments);
    Process process = start(command);
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (ChildProcess.exitCode(process) != 0) {
      throw new BadInputException(
          "the peer does not run: what "
              + String.join(" ", command)
              + " says is above; install what is missing, name its folders in PYTHONPATH, give"
              + " another --python, or leave --python out to measure Hone alone");
    }
    return answer;
  }

  private Process start(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .directory(checkout.toFile())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new BadInputException(
          "--python " + python + " does not start (" + e.getMessage() + "); name a Python 3", e);
    }
  }
}
