package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes pairs of a few images of the bundled test set; what it measures is not looked at. */
class PairsBenchmarkIT {
  private static final int PAIRS = 2;

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.PAIRS);

  @TempDir private Path data;

  @Test
  void makesPairsAndFindsThemAgain() {
    int code =
        output.run(
            "--data-dir",
            data.toString(),
            "--set",
            "data.dataset.with.split=test",
            "--set",
            "data.dataset.take=40");
    assertThat(code).isZero();
    List<String> row = output.rows().get(0);
    assertThat(row).contains("mnist-redundancy-fgsm");
    assertThat(Integer.parseInt(row.get(PAIRS))).isBetween(20, 40);
    assertThat(output.log().lines())
        .extracting(line -> line.replaceAll(" in [0-9.]+ s$", ""))
        .containsExactly("made", "found again");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void saysWhatToDoWhereThereIsNoData() {
    assertThat(output.run("--data-dir", data.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(output.log()).startsWith("error: ").contains("is no folder", "--data-dir");
  }
}
