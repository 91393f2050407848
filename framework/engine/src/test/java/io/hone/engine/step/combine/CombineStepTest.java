package io.hone.engine.step.combine;

import static io.hone.engine.EngineFixture.figure;
import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.engine.EngineFixture;
import io.hone.engine.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CombineStepTest {
  private static final String BEST =
      """
      hone: 1
      name: best
      seed: 3
      dataset: {use: noise, with: {size: 100}}
      model: {card: linear.model}
      run: {batch: 16, threads: 2}
      steps:
        - {id: small, attack: {use: push, with: {size: 0.1}}}
        - {id: large, attack: {use: push, with: {size: 0.4}}}
        - {id: restored, improve: {use: restore}}
        - {id: best, combine: [large, small, restored], norm: l2}
        - {id: after, improve: {use: restore}}
        - {id: recover, defend: {use: darken}, of: best}
      save: all
      """;

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  private List<String[]> rows(String step) throws IOException {
    return Files.readAllLines(folder.resolve("out/samples.csv")).stream()
        .map(line -> line.split(",", -1))
        .filter(cells -> cells[0].equals(step))
        .toList();
  }

  private int column(String name) throws IOException {
    return List.of(Files.readAllLines(folder.resolve("out/samples.csv")).get(0).split(","))
        .indexOf(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"l0", "l1", "l2", "linf"})
  void keepsTheNearestSuccessOfEachSample(String norm) throws IOException {
    engine.run(engine.scenario(BEST.replace("norm: l2", "norm: " + norm)), "out");

    int success = column("success");
    int distance = column(norm);
    List<List<String[]>> sources = List.of(rows("large"), rows("small"), rows("restored"));
    List<String[]> best = rows("best");
    for (int row = 0; row < 100; row++) {
      int sample = row;
      double least =
          sources.stream()
              .map(source -> source.get(sample))
              .filter(cells -> cells[success].equals("true"))
              .mapToDouble(cells -> Double.parseDouble(cells[distance]))
              .min()
              .orElse(Double.NaN);
      assertThat(best.get(row)[success]).isEqualTo(String.valueOf(!Double.isNaN(least)));
      if (!Double.isNaN(least)) {
        assertThat(Double.parseDouble(best.get(row)[distance])).isEqualTo(least, within(1e-9));
      }
    }
  }

  @Test
  void succeedsWhereAnyStepSucceedsAndCostsWhatAllOfThemCost() throws IOException {
    RunResult result = engine.run(engine.scenario(BEST), "out");

    assertThat(step(result, "best").of().names()).containsExactly("large", "small", "restored");
    assertThat(step(result, "best").norm()).isEqualTo("l2");
    assertThat(figure(result, "best", "success_rate"))
        .isGreaterThanOrEqualTo(figure(result, "large", "success_rate"))
        .isGreaterThan(figure(result, "small", "success_rate"));
    assertThat(figure(result, "best", "queries.forward")).isZero();
    assertThat(figure(result, "best", "cumulated.queries.gradient"))
        .isEqualTo(
            figure(result, "large", "queries.gradient")
                + figure(result, "small", "queries.gradient")
                + figure(result, "restored", "queries.gradient"),
            within(1e-9));
  }

  @Test
  void improversAndDefensesReceiveTheExamples() throws IOException {
    RunResult result = engine.run(engine.scenario(BEST), "out");

    assertThat(figure(result, "after", "success_rate")).isEqualTo(1);
    assertThat(step(result, "after").attempted())
        .isEqualTo(
            Math.round(figure(result, "best", "success_rate") * step(result, "best").attempted()));
    assertThat(figure(result, "after", "l0.mean"))
        .isLessThanOrEqualTo(figure(result, "best", "l0.mean"));
    assertThat(figure(result, "after", "reduction_rate.l0")).isBetween(0.0, 1.0);
    assertThat(figure(result, "recover", "recovery_rate")).isBetween(0.0, 1.0);
  }

  @Test
  void doesNotDependOnBatchesThreadsOrAnInterruption() throws IOException {
    engine.run(engine.scenario(BEST), "out");
    engine.run(
        engine.scenario(BEST.replace("batch: 16, threads: 2", "batch: 7, threads: 1")), "other");

    assertThat(folder.resolve("other/samples.csv"))
        .hasSameTextualContentAs(folder.resolve("out/samples.csv"));
    assertThat(folder.resolve("other/arrays/best.npy"))
        .hasSameBinaryContentAs(folder.resolve("out/arrays/best.npy"));
  }

  @Test
  void anAttackThatWentBlindSaysNothingWhereAnotherSaw() throws IOException {
    String blind =
        BEST.replace("large, attack: {use: push, with: {size: 0.4}}", "large, attack: {use: idle}");
    RunResult result = engine.run(engine.scenario(blind), "out");

    assertThat(step(result, "best").trust()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", norm: l2} | } | the attacks large, small have no norm in common; say with 'norm'",
        "[large, small, restored] | [large] | a combination needs at least two results",
        "[large, small, restored] | [large, clean] | a combination accepts attacks, improvers and",
        "[large, small, restored] | [large, after] | 'after' comes after this step",
        "[large, small, restored] | [large, large] | 'large' is named twice",
        "norm: l2} | norm: l3} | 'norm' must be one of l0, l1, l2, linf",
        "norm: l2} | norm: l2, of: large} | a combination receives what 'combine' names",
        "norm: l2} | norm: l2, queries: 5} | 'queries' belongs to an attack or improver",
        "combine: [large, small, restored] | combine: | 'combine' has no value"
      })
  void refusesWhatMeansNothing(String from, String to, String message) {
    assertThat(BEST).contains(from);

    assertThatThrownBy(() -> engine.scenario(BEST.replace(from, to)))
        .hasMessageContaining("scenario.yaml:11:")
        .hasMessageContaining(message);
  }

  @Test
  void refusesExamplesOfDifferentGoals() {
    String yaml = BEST.replace("{size: 0.4}}}", "{size: 0.4}}, goal: {targeted: 1}}");

    assertThatThrownBy(() -> engine.scenario(yaml))
        .hasMessageContaining("'large' and 'small' want different things");
  }
}
