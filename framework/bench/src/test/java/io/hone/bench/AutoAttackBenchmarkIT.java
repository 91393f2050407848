package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates one image; what it measures is not looked at. */
class AutoAttackBenchmarkIT {
  private static final int ATTACK = 2;
  private static final int HONE_ROBUST = 4;
  private static final int REFERENCE_ROBUST = 5;
  private static final int HONE_SECONDS = 8;
  private static final int REFERENCE_SECONDS = 9;

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.AUTO_ATTACK);

  @TempDir private Path folder;

  @Test
  void comparesWithTheRecording() {
    assertThat(run("--seeds", "0")).isZero();
    List<String> row = output.rows().get(0);
    assertThat(row.get(HONE_ROBUST)).isEqualTo("0");
    assertThat(row.get(REFERENCE_ROBUST)).startsWith("0");
    assertThat(Double.parseDouble(row.get(HONE_SECONDS))).isPositive();
    assertThat(row.get(REFERENCE_SECONDS)).isEmpty();
    assertThat(output.rows()).anyMatch(line -> line.contains("apgd-ce"));
    assertThat(output.log()).contains("AutoAttack is left out", "mnist-lenet5-linf, seed 0: Hone");
  }

  @Test
  void takesTurnsWithTheReference() throws IOException {
    Path peer =
        BenchmarkOutput.peer(
            folder,
            """
            test "$2" = --check && exit
            case "$*" in *"--norm Linf --epsilon 0.1 --version standard --seeds 5 --threads 2"*) ;;
            *) exit 1 ;; esac
            echo '{"threads": 2, "batch": 250, "epsilon": 0.1, "count": 1, "runs": [{"seed": 5, \
            "robust_accuracy": 1, "seconds": 1e9, "ended": {"robust": [0]}}]}'
            """);
    assertThat(run("--seeds", "5", "--python", peer.toString(), "--reference", "anywhere"))
        .isZero();
    List<String> row = output.rows().get(0);
    assertThat(row.get(HONE_ROBUST)).isEqualTo("0");
    assertThat(row.get(REFERENCE_ROBUST)).isEqualTo("1");
    assertThat(row.get(REFERENCE_SECONDS)).isEqualTo("1000000000.00");
    assertThat(output.log().lines())
        .extracting(line -> line.replaceAll(" [0-9.]+ s,.*$", ""))
        .containsExactly(
            "mnist-lenet5-linf, seed 5: Hone", "mnist-lenet5-linf, seed 5: AutoAttack");
  }

  @Test
  void comparesSingleAttacks() {
    assertThat(run("--alone")).isZero();
    assertThat(output.rows())
        .extracting(row -> row.get(ATTACK))
        .containsExactly("apgd-t", "fab-t", "square");
    assertThat(output.rows())
        .allSatisfy(
            row -> {
              assertThat(row.get(HONE_ROBUST)).isEqualTo("0");
              assertThat(row.get(REFERENCE_ROBUST)).isEqualTo("0");
            });
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThat(output.run("mnist-lenet5-l0")).isEqualTo(2);
    assertThat(output.log()).contains("no recording of AutoAttack is named mnist-lenet5-l0");
    Path peer = BenchmarkOutput.peer(folder, "exit 0\n");
    assertThat(run("--python", peer.toString())).isEqualTo(2);
    assertThat(output.log()).contains("--python needs --reference");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("mnist-lenet5-linf", "--images", "1"));
    all.addAll(List.of(arguments));
    return output.run(all.toArray(String[]::new));
  }
}
