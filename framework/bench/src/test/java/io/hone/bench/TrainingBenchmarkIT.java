package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark on a handful of examples; what it measures is not looked at. */
class TrainingBenchmarkIT {
  private static final int NETWORK = 1;
  private static final int THREADS = 3;
  private static final int MEANING = 4;
  private static final int ONNX_RUNTIME = 5;
  private static final int DL4J = 6;
  private static final int LIBTORCH = 7;
  private static final int PYTORCH = 8;

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.TRAINING);

  @TempDir private Path folder;

  @Test
  void measuresBothEnginesAlone() {
    assertThat(
            output.run("--network", "lenet5", "--examples", "9", "--rounds", "1", "--threads", "1"))
        .isZero();
    List<List<String>> rows = output.rows();
    assertThat(rows).extracting(row -> row.get(MEANING)).containsExactly("wall", "CPU");
    for (List<String> row : rows) {
      assertThat(row.get(NETWORK)).isEqualTo("`lenet5`");
      assertThat(row.get(THREADS)).isEqualTo("1");
      assertThat(Double.parseDouble(row.get(ONNX_RUNTIME))).isNotNegative();
      assertThat(Double.parseDouble(row.get(DL4J))).isNotNegative();
      assertThat(row.subList(LIBTORCH, PYTORCH + 1)).containsOnly("");
    }
    assertThat(output.log()).contains("PyTorch, which libtorch needs too, is left out");
  }

  @Test
  void takesTurnsWithPeersThatLearnTheSameNetwork() {
    Optional<String> python = pythonWithTorch();
    assumeThat(python).as("a Python with torch").isPresent();
    assertThat(
            output.run(
                "--network",
                "lenet5",
                "--examples",
                "70",
                "--rounds",
                "1",
                "--threads",
                "2",
                "--python",
                python.get()))
        .isZero();
    List<String> row = output.rows().get(0);
    assertThat(row.get(ONNX_RUNTIME)).matches("[0-9.]+ \\([0-9.]+\\)");
    assertThat(row.get(DL4J)).isEmpty();
    assertThat(row.get(LIBTORCH)).endsWith(" (1.00)");
    assertThat(row.get(PYTORCH)).matches("[0-9.]+ \\([0-9.]+\\)");
    assertThat(output.log().lines())
        .extracting(line -> line.replaceAll(": [0-9.]+ s, CPU [0-9.]+ s$", ""))
        .containsExactly(
            "lenet5: Hone, onnxruntime, threads 2",
            "lenet5: libtorch, threads 2",
            "lenet5: PyTorch, threads 2");
  }

  private static Optional<String> pythonWithTorch() {
    return Stream.of("python3", "/usr/bin/python3")
        .filter(TrainingBenchmarkIT::hasTorch)
        .findFirst();
  }

  private static boolean hasTorch(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import torch")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return ChildProcess.exitCode(process) == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  @Test
  void saysWhatToDoWhereThePeerCannotBeImported() throws IOException {
    Path peer = BenchmarkOutput.peer(folder, "exit 1\n");
    assertThat(output.run("--python", peer.toString())).isEqualTo(2);
    assertThat(output.log())
        .startsWith("error: the peer does not run")
        .contains("torch_training.py --check");
  }

  @Test
  void namesTheNetworksThatThereAre() {
    assertThat(output.run("--network", "lenet6")).isEqualTo(2);
    assertThat(output.log())
        .contains("'--network'", "there is no network 'lenet6'")
        .contains("choose among redundancy-autoencoder, lenet5, vgg-small");
  }

  @Test
  void refusesATrainingWithoutThreads() {
    assertThat(output.run("--threads", "1,0")).isEqualTo(2);
    assertThat(output.log()).contains("'--threads'", "'0' is no whole number from 1 on");
  }
}
