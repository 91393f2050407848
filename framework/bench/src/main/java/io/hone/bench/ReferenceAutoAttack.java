package io.hone.bench;

import io.hone.bench.network.Digits;
import io.hone.bench.robustness.Evaluation;
import io.hone.bench.robustness.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The peer of {@code auto-attack}: the authors' AutoAttack on PyTorch. Its seconds are those of the
 * attacks alone, after a short evaluation to warm up.
 *
 * @param peer that runs the script
 * @param sources a clone of the authors' repository
 */
record ReferenceAutoAttack(PythonPeer peer, Path sources) {
  static final String SCRIPT = "reference_autoattack.py";

  /**
   * Attacks images.
   *
   * @param recording that tells the model and the ball
   * @param arrays folder of {@code clean.npy} and {@code labels.npy}
   */
  Evaluation run(Recording recording, long seed, Path arrays) throws IOException {
    List<String> arguments =
        List.of(
            "--reference",
            sources.toAbsolutePath().toString(),
            "--model",
            "models/" + recording.model() + "/model.onnx",
            "--arrays",
            arrays.toString(),
            "--norm",
            recording.norm(),
            "--epsilon",
            Double.toString(recording.epsilon()),
            "--version",
            recording.version(),
            "--seeds",
            Long.toString(seed),
            "--threads",
            Integer.toString(Digits.THREADS),
            "--warm-up");
    return peer.run(Recording.class, arguments).evaluations().get(0);
  }
}
