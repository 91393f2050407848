package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark on a handful of images; what it measures is not looked at. */
class AttackBenchmarkIT {
  private static final String IMAGES = "6";
  private static final int FOUND = 5;
  private static final int PEERS_FIRST_COLUMN = 7;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void measuresEveryAttackWithoutThePeer() {
    assertThat(run()).isZero();
    List<List<String>> rows = rows();
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
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("Foolbox is left out");
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
    List<String> row = rows().get(0);
    assertThat(row.subList(PEERS_FIRST_COLUMN, PEERS_FIRST_COLUMN + 3))
        .containsExactly("1000000000.00", "0 of 6", "99.5000");
    assertThat(row.get(PEERS_FIRST_COLUMN + 3)).matches("[0-9]+\\.[0-9]{2}");
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
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
    assertThat(rows().get(0).get(PEERS_FIRST_COLUMN + 3)).endsWith("(ends farther)");
  }

  @Test
  void saysWhatToDoWhereThePeerCannotBeImported() throws IOException {
    Path peer = peer("exit 1\n");
    assertThat(run("--python", peer.toString())).isEqualTo(2);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .startsWith("error: the peer does not run")
        .contains("PYTHONPATH", "--check");
    assertThat(rows()).isEmpty();
  }

  @Test
  void saysWhatToDoWhereThereIsNoSuchPython() {
    assertThat(run("--python", folder.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .startsWith("error: --python")
        .contains("does not start", "name a Python 3");
  }

  @Test
  void refusesAnAnswerWithoutFigures() throws IOException {
    Path peer = peer("echo nothing\n");
    assertThat(run("--rounds", "1", "--python", peer.toString(), "pgd")).isEqualTo(2);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("printed no figures but \"nothing\"");
  }

  /** Returns a program that stands where Python would. */
  private Path peer(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("peer"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--checkout", System.getProperty("hone.checkout"), "--images", IMAGES));
    return AttackBenchmark.run(stream(out), stream(log), all.toArray(String[]::new));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Returns the cells of the table without its head; a row starts with an empty cell. */
  private List<List<String>> rows() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  private static double share(List<String> row) {
    return Double.parseDouble(row.get(4).replace(" %", ""));
  }
}
