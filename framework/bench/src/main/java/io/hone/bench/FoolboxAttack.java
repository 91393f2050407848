package io.hone.bench;

import io.hone.bench.network.Digits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The peer of attacks: Foolbox on PyTorch. Its script takes the time of the attack alone, after a
 * short one to warm up.
 */
final class FoolboxAttack {
  static final String SCRIPT = "foolbox_attack.py";

  private final PythonPeer peer;

  /**
   * Creates the attack.
   *
   * @param peer that runs the script
   */
  FoolboxAttack(PythonPeer peer) {
    this.peer = peer;
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
