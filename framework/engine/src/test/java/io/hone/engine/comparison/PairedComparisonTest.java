package io.hone.engine.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.engine.EngineFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedComparisonTest {
  private static final String WEAKER =
      EngineFixture.CHAIN.replace("use: push}", "use: push, with: {size: 0.05}}");

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  @Test
  void countsTheSamplesOnWhichTwoRunsDisagree() throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "strong");
    engine.run(engine.scenario(WEAKER), "weak");

    List<String> lines = lines("strong", "weak");

    assertThat(lines.get(0)).contains("McNemar, exact, two-sided", "strong", "weak");
    Map<String, Boolean> strong = successes("strong", "push");
    Map<String, Boolean> weak = successes("weak", "push");
    long onlyStrong =
        strong.keySet().stream().filter(index -> strong.get(index) && !weak.get(index)).count();
    long onlyWeak =
        strong.keySet().stream().filter(index -> !strong.get(index) && weak.get(index)).count();
    assertThat(onlyStrong).isPositive();
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith(
                    "  push, success: 85 pairs, %d only in A, %d only in B, p "
                        .formatted(onlyStrong, onlyWeak)))
        .anyMatch(
            line ->
                line.startsWith(
                    "  push, accuracy: 100 pairs, %d only in A, %d only in B, p "
                        .formatted(onlyWeak, onlyStrong)))
        .contains("  clean, accuracy: 100 pairs, 0 only in A, 0 only in B, p = 1.0000")
        .noneMatch(line -> line.contains("clean, success"));
    assertThat(lines("weak", "strong"))
        .anyMatch(
            line -> line.contains("%d only in A, %d only in B".formatted(onlyWeak, onlyStrong)));
  }

  @Test
  void samplesThatOnlyOneRunAttemptedAreNoPairs() throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "correct");
    engine.run(
        engine.scenario(
            EngineFixture.CHAIN.replace(
                "attack: {use: push}", "attack: {use: push}, samples: all")),
        "all");

    assertThat(lines("correct", "all"))
        .anyMatch(line -> line.startsWith("  push, success: 85 pairs"));
  }

  @Test
  void saysWhyThereIsNoTest() throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "whole");
    engine.run(engine.scenario(EngineFixture.CHAIN, "dataset.take=60"), "part");
    engine.run(engine.scenario(EngineFixture.CHAIN, "dataset.with={size: 101}"), "other");

    assertThat(lines("whole", "part"))
        .containsExactly(
            "no paired test: the runs have different samples: 40 only in A, 0 only in B; give both"
                + " the same select and --limit");
    assertThat(lines("whole", "other"))
        .containsExactly("no paired test: the runs have different data sets");
  }

  @Test
  void labelsThatDifferAreNoPairs() throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "one");
    engine.run(engine.scenario(EngineFixture.CHAIN), "two");
    Path table = folder.resolve("two/samples.csv");
    Files.writeString(
        table, Files.readString(table).replaceAll("(?m)^([^,]*),1003,[0-9]+,", "$1,1003,9,"));

    assertThat(lines("one", "two"))
        .containsExactly("no paired test: samples whose labels differ: 1");
  }

  @Test
  void aTableThatIsMissingOrBrokenIsNamed() throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "one");
    engine.run(engine.scenario(EngineFixture.CHAIN), "two");
    Path table = folder.resolve("two/samples.csv");
    Files.writeString(table, "step,index,label\npush,many,3\n");
    assertThatThrownBy(() -> lines("one", "two"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("samples.csv", "not a table of samples");

    Files.delete(table);
    assertThatThrownBy(() -> lines("one", "two"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("two holds no samples.csv", "a folder that hone run has written");
  }

  private List<String> lines(String first, String second) {
    return new PairedComparison(folder.resolve(first), folder.resolve(second)).lines();
  }

  /** Returns by index whether the attempted samples of a step succeeded. */
  private Map<String, Boolean> successes(String run, String step) throws IOException {
    Map<String, Boolean> successes = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("samples.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals(step) && cells[6].equals("true")) {
        successes.put(cells[1], cells[7].equals("true"));
      }
    }
    return successes;
  }
}
