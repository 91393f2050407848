package io.hone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains with PyTorch, in a process of its own.
 *
 * @param script that trains
 * @param threads that compute
 */
record TorchTraining(PythonPeer script, int threads) implements TrainingSide {
  /** The script, which also writes steps for libtorch. */
  static final String SCRIPT = "torch_training.py";

  @Override
  public String name() {
    return "PyTorch";
  }

  @Override
  public TrainingFigures train(TrainingWorkload workload, TrainingLength length)
      throws IOException {
    return script.run(
        TrainingFigures.class,
        List.of(
            "--network",
            workload.word(),
            "--examples",
            Integer.toString(length.examples()),
            "--batch",
            Integer.toString(workload.batch()),
            "--epochs",
            Integer.toString(length.epochs()),
            "--warm-up",
            Integer.toString(length.warmUp()),
            "--threads",
            Integer.toString(threads)));
  }

  /** What the script tells of a step that it wrote. */
  private record Exported(long weights) {}

  /**
   * Lets a script write a step of training as TorchScript.
   *
   * @return how many numbers the step trains
   */
  static long export(PythonPeer script, TrainingWorkload workload, Path file) throws IOException {
    return script
        .run(Exported.class, List.of("--network", workload.word(), "--export", file.toString()))
        .weights();
  }
}
