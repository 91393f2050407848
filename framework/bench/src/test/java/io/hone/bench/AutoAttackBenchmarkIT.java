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

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.AUTO_ATTACK);

  @TempDir private Path folder;

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
