package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the chains on a few images; the times are not looked at. */
class ChainBenchmarkIT {
  private static final int QUERIES = 3;

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.CHAIN);

  @Test
  void setsBothChainsBesideGreedyAlone() {
    assertThat(output.run("--rounds", "1", "--dataset", nines(20))).isZero();
    List<List<String>> rows = output.rows();
    assertThat(rows)
        .extracting(row -> row.get(1))
        .containsExactly("greedy", "autoencoder + greedy", "perfect guess + greedy");
    double alone = Double.parseDouble(rows.get(0).get(QUERIES));
    assertThat(rows.subList(1, rows.size()))
        .allSatisfy(row -> assertThat(Double.parseDouble(row.get(QUERIES))).isLessThan(alone));
    assertThat(output.log().lines()).hasSize(2);
  }

  @Test
  void namesWhatTheCommandLineNames() {
    int code = output.run("--dataset", nines(1), "--autoencoder", "models/none");
    assertThat(code).isEqualTo(2);
    assertThat(output.log()).startsWith("error: ").contains("models/none");
  }

  private static String nines(int count) {
    return "{use: mnist, with: {split: test, classes: [9]}, take: " + count + "}";
  }
}
