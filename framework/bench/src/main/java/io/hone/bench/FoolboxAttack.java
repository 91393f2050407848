package io.hone.bench;

import io.hone.api.component.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The peer: Foolbox on PyTorch, run by a script in a process of its own. The script takes the time
 * of the attack alone, after a short one to warm up.
 */
final class FoolboxAttack {
  private static final Path SCRIPT = Path.of("framework/bench/src/peers/foolbox_attack.py");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Path python;
  private final Path checkout;

  /**
   * Makes sure that the peer can run.
   *
   * @param python that has torch and onnx, and Foolbox there or on {@code PYTHONPATH}
   * @param checkout that holds the script and {@code models/}
   * @throws BadInputException with the next step if it cannot
   */
  FoolboxAttack(Path python, Path checkout) throws IOException {
    this.python = python;
    this.checkout = checkout;
    call(List.of("--check"));
  }

  /**
   * Attacks images.
   *
   * @param arrays folder of {@code clean.npy} and {@code labels.npy}
   */
  AttackFigures run(TimedAttack attack, Path arrays) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--model", "models/mnist-lenet5/model.onnx"));
    arguments.addAll(List.of("--arrays", arrays.toAbsolutePath().toString()));
    arguments.addAll(List.of("--threads", Integer.toString(Digits.THREADS)));
    arguments.addAll(attack.asArguments());
    String answer = call(arguments);
    try {
      return MAPPER.readValue(answer, AttackFigures.class);
    } catch (JacksonException e) {
      throw new BadInputException(
          SCRIPT + " printed no figures but \"" + answer + "\"; run it by hand to see why", e);
    }
  }

  private String call(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(python.toString(), SCRIPT.toString()));
    command.addAll(arguments);
    Process process = start(command);
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (exitCode(process) != 0) {
      throw new BadInputException(
          "the peer does not run: what "
              + String.join(" ", command)
              + " says stands above; install what is missing, name its folders in PYTHONPATH, give"
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

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the peer ran", e);
    }
  }
}
