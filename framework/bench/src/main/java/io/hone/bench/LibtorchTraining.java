package io.hone.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Trains with DJL and libtorch, in a virtual machine of its own: libtorch is told once how many
 * threads compute.
 *
 * @param script that writes the steps
 * @param threads that compute
 * @param workFolder for the steps
 */
record LibtorchTraining(PythonPeer script, int threads, Path workFolder) implements TrainingSide {
  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public TrainingFigures train(TrainingWorkload workload, TrainingLength length)
      throws IOException {
    Path step = Files.createTempDirectory(workFolder, "step").resolve(LibtorchPeer.MODEL + ".pt");
    long weights = TorchTraining.export(script, workload, step);
    LibtorchPeer.Epochs epochs =
        PeerFigures.read(
            LibtorchPeer.Epochs.class, answer(command(workload, length, step)), "libtorch");
    return new TrainingFigures(
        epochs.seconds(),
        epochs.cpuSeconds(),
        OptionalLong.of(weights),
        epochs.firstLoss(),
        epochs.lastLoss());
  }

  private List<String> command(TrainingWorkload workload, TrainingLength length, Path step) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dai.djl.offline=true",
        "-Dai.djl.pytorch.num_threads=" + threads,
        "-cp",
        System.getProperty("java.class.path"),
        LibtorchPeer.class.getName(),
        step.getParent().toString(),
        workload.name(),
        Integer.toString(length.examples()),
        Integer.toString(length.epochs()),
        Integer.toString(length.warmUp()));
  }

  private static String answer(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (ChildProcess.exitCode(process) != 0) {
      throw new IllegalStateException(
          "libtorch did not train; what its process says is above, and --python left out measures"
              + " Hone alone");
    }
    return answer;
  }
}
