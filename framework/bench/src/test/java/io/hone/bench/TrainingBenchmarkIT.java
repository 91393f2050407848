package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark on a handful of examples; what it measures is not looked at. */
class TrainingBenchmarkIT {
  private static final int HONE = 2;
  private static final int PEER = 3;
  private static final int RATIO = 4;

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.TRAINING);

  @TempDir private Path folder;

  @Test
  void measuresHoneAlone() {
    assertThat(output.run("--examples", "9", "--rounds", "1")).isZero();
    List<String> row = output.rows().get(0);
    assertThat(Double.parseDouble(row.get(HONE))).isPositive();
    assertThat(row.subList(PEER, RATIO + 1)).containsOnly("");
    assertThat(output.log()).contains("PyTorch is left out");
  }

  @Test
  void takesTurnsWithThePeerThatLearnsAsMuch() throws IOException {
    Path peer =
        BenchmarkOutput.peer(
            folder,
            """
            test "$2" = --check && exit
            test "$2 $3 $4 $5 $6 $7" = "--examples 9 --batch 64 --threads 2" || exit 1
            echo '{"seconds": 1e-9}'
            """);
    assertThat(output.run("--examples", "9", "--rounds", "2", "--python", peer.toString()))
        .isZero();
    List<String> row = output.rows().get(0);
    assertThat(row.get(PEER)).isEqualTo("0.00");
    assertThat(Double.parseDouble(row.get(RATIO))).isGreaterThan(1e6);
    assertThat(output.log().lines())
        .extracting(line -> line.replaceAll(" [0-9.]+ s$", ""))
        .containsExactly("Hone", "PyTorch", "Hone", "PyTorch");
  }

  @Test
  void saysWhatToDoWhereThePeerCannotBeImported() throws IOException {
    Path peer = BenchmarkOutput.peer(folder, "exit 1\n");
    assertThat(output.run("--python", peer.toString())).isEqualTo(2);
    assertThat(output.log())
        .startsWith("error: the peer does not run")
        .contains("torch_autoencoder.py --check");
  }
}
