package io.hone.bench;

import io.hone.api.component.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The peer of attacks: Foolbox on PyTorch. Its script takes the time of the attack alone, after a
 * short one to warm up.
 */
final class FoolboxAttack {
  private final PythonPeer peer;

  /**
   * Makes sure that the peer can run.
   *
   * @param python that has torch and onnx, and Foolbox there or on {@code PYTHONPATH}
   * @param checkout that holds the script and {@code models/}
   * @throws BadInputException with the next step if it cannot
   */
  FoolboxAttack(Path python, Path checkout) throws IOException {
    peer = new PythonPeer(python, checkout, "foolbox_attack.py");
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
    return peer.run(AttackFigures.class, arguments);
  }
}
