package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark on a handful of images; what it measures is not looked at. */
class AttackBenchmarkIT {
  private static final String IMAGES = "6";
  private static final int FOUND = 5;
  private static final int PEERS_FIRST_COLUMN = 7;

  private final BenchmarkOutput output = new BenchmarkOutput(NamedBenchmark.ATTACK);

  @TempDir private Path folder;

  @Test
  void measuresEveryAttackWithoutThePeer() {
    assertThat(run()).isZero();
    List<List<String>> rows = output.rows();
    assertThat(rows)
        .extracting(row -> row.get(1))
        .containsExactly("pgd", "l-bfgs", "cw-l2-abort", "cw-l2");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.get(FOUND)).endsWith(" of " + IMAGES);
              assertThat(share(row)).isStrictlyBetween(0.0, 100.0);
              assertThat(row.subList(PEERS_FIRST_COLUMN, PEERS_FIRST_COLUMN + 4)).containsOnly("");
            });
    assertThat(output.log()).contains("Foolbox is left out");
  }

  @Test
  void takesTurnsWithThePeer() throws IOException {
    Path peer =
        peer(
            """
            test "$2" = --check || echo '{"seconds": 1e9, "attacked": 6, "successes": 0, \
            "median_l2": 99.5}'
            """);
    assertThat(run("--rounds", "2", "--python", peer.toString(), "pgd")).isZero();
    List<String> row = output.rows().get(0);
    assertThat(row.subList(PEERS_FIRST_COLUMN, PEERS_FIRST_COLUMN + 3))
        .containsExactly("1000000000.00", "0 of 6", "99.5000");
    assertThat(row.get(PEERS_FIRST_COLUMN + 3)).matches("[0-9]+\\.[0-9]{2}");
    assertThat(output.log().lines())
        .extracting(line -> line.replaceAll(" [0-9.]+ s$", ""))
        .containsExactly("pgd: Hone", "pgd: Foolbox", "pgd: Hone", "pgd: Foolbox");
  }

  @Test
  void marksARatioToAStrongerPeer() throws IOException {
    Path peer =
        peer(
            """
            test "$2" = --check || echo '{"seconds": 1, "attacked": 6, "successes": 6, \
            "median_l2": 0}'
            """);
    assertThat(run("--rounds", "1", "--python", peer.toString(), "cw-l2-abort")).isZero();
    assertThat(output.rows().get(0).get(PEERS_FIRST_COLUMN + 3)).endsWith("(ends farther)");
  }

  @Test
  void saysWhatToDoWhereThePeerCannotBeImported() throws IOException {
    Path peer = peer("exit 1\n");
    assertThat(run("--python", peer.toString())).isEqualTo(2);
    assertThat(output.log())
        .startsWith("error: the peer does not run")
        .contains("PYTHONPATH", "--check");
    assertThat(output.rows()).isEmpty();
  }

  @Test
  void saysWhatToDoWhereThereIsNoSuchPython() {
    assertThat(run("--python", folder.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(output.log())
        .startsWith("error: --python")
        .contains("does not start", "name a Python 3");
  }

  @Test
  void refusesAnAnswerWithoutFigures() throws IOException {
    Path peer = peer("echo nothing\n");
    assertThat(run("--rounds", "1", "--python", peer.toString(), "pgd")).isEqualTo(2);
    assertThat(output.log()).contains("printed no figures but \"nothing\"");
  }

  private Path peer(String script) throws IOException {
    return BenchmarkOutput.peer(folder, script);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--images", IMAGES));
    return output.run(all.toArray(String[]::new));
  }

  private static double share(List<String> row) {
    return Double.parseDouble(row.get(4).replace(" %", ""));
  }
}
