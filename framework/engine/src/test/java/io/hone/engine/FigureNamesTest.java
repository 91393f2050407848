package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.metric.StepKind;
import io.hone.engine.results.Status;
import io.hone.engine.results.StepSummary;
import io.hone.engine.step.StepTypes;
import io.hone.host.figure.FigureTree;
import io.hone.host.figure.FrameworkFigures;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every figure has one name, nobody takes another one's, and a scenario names only what exists. */
class FigureNamesTest {
  private static final String MEASURED =
      EngineFixture.CHAIN + "metrics: [success-rate, accuracy, distance, reduction-rate, %s]\n";

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  @Test
  void figuresOfAPluginsMetricStandUnderItsId() throws IOException {
    RunResult plain = engine.run(engine.scenario(EngineFixture.CHAIN), "plain");
    RunResult result =
        engine.run(
            engine.scenario(MEASURED.formatted("shadow") + "expect: [push.success_rate < 1.1]\n"),
            "out");

    for (String figure : List.of("success_rate", "accuracy", "l0.mean")) {
      assertThat(figure(result, figure)).isEqualTo(figure(plain, figure)).isNotEqualTo(42);
      assertThat(figure(result, "shadow." + figure)).isEqualTo(42);
    }
    assertThat(result.summary().expectations().get(0).actual()).isLessThanOrEqualTo(1);
  }

  @Test
  void aFigureOfTheMetricsOwnNameIsTheIdAlone() {
    assertThat(FrameworkFigures.path("border-share", "border_share")).isEqualTo("border-share");
    assertThat(FrameworkFigures.path("border-share", "mean")).isEqualTo("border-share.mean");
    assertThat(FrameworkFigures.path("accuracy", "clean_accuracy")).isEqualTo("clean_accuracy");
  }

  @Test
  void figuresOfOneMetricThatCollideFailTheRunAtItsFirstUnit() throws IOException {
    RunResult result = engine.run(engine.scenario(MEASURED.formatted("clashing")), "out");

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.summary().error())
        .contains("the metric clashing", "clashing.spread", "a defect of the plugin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"l0", "queries", "success_rate", "seconds", "restored_after"})
  void aNoteCannotTakeTheNameOfAFigureOfHone(String name) throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                EngineFixture.CHAIN.replace("use: push", "use: push, with: {note: " + name + "}")),
            "out");

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.summary().error())
        .contains("attack push of step push", "`" + name + "` is one that Hone gives itself");
  }

  @Test
  void everyFigureOfARunIsKnownBeforehand() throws IOException {
    RunResult result = engine.run(engine.scenario(EngineFixture.CHAIN), "out");

    Set<StepKind> kinds =
        result.summary().steps().stream()
            .map(step -> StepTypes.installed().kind(step.kind()))
            .collect(Collectors.toSet());
    for (StepKind kind : kinds) {
      List<String> known = FrameworkFigures.of(kind, FrameworkFigures.metrics());
      TreeSet<String> found = new TreeSet<>();
      for (StepSummary step : result.summary().steps()) {
        if (step.kind().equals(kind.name())) {
          found.addAll(leaves("", step.metrics()));
        }
      }
      assertThat(found.stream().filter(figure -> !figure.startsWith("draws.")))
          .as(kind.name())
          .isSubsetOf(known);
      assertThat(known.stream().filter(figure -> !figure.matches(".*_left_out|restored_after.*")))
          .as("never given by " + kind)
          .isSubsetOf(found);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "push.sucess_rate > 0 | 'push' has no figure 'sucess_rate'; did you mean 'success_rate'?",
        "push.l2.mdian > 0 | no figure 'l2.mdian'; did you mean 'l2.median'?",
        "push.l2.meen > 0 | no figure 'l2.meen'; did you mean 'l2.mean'?",
        "push.recovery_rate > 0 | 'push' has no figure 'recovery_rate'",
        "restore.reduction_rate > 0 | no figure 'reduction_rate'; did you mean",
        "restore.restored_after.5 > 0 | no figure 'restored_after.5'",
        "clean.success_rate > 0 | 'clean' has no figure 'success_rate'",
        "darken@push.recovery_rat > 0 | did you mean 'recovery_rate'?",
        "push.drawn.mean > 0 | no figure 'drawn.mean'",
      })
  void aMisspeltFigureIsFoundBeforeTheRun(String expectation, String problem) {
    assertThatThrownBy(
            () -> engine.scenario(EngineFixture.CHAIN + "expect: [\"" + expectation + "\"]\n"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("scenario.yaml:12:")
        .hasMessageContaining(problem)
        .hasMessageContaining("known: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "push.l0 > 0",
        "push.linf.max < 1",
        "push.draws.sum > 0",
        "push.draws > 0",
        "push.queries.gradient < 2",
        "push.shadow.anything > 0",
        "restore.shadow > 0",
        "restore.step_reduction_rate.l2 > 0",
        "restore.restored_after.11 > 0",
        "restore.cumulated.seconds < 9",
        "darken@clean.clean_accuracy > 0",
        "clean.accuracy > 0"
      })
  void figuresThatExistOrMayExistAreTaken(String expectation) throws IOException {
    assertThat(
            engine
                .scenario(MEASURED.formatted("shadow") + "expect: [\"" + expectation + "\"]\n")
                .expectations())
        .hasSize(1);
  }

  @Test
  void aFigureThatNoMetricMeasuresNamesTheMetric() {
    assertThatThrownBy(
            () ->
                engine.scenario(
                    EngineFixture.CHAIN + "metrics: [accuracy]\nexpect: [push.l0 > 0]\n"))
        .hasMessageContaining("it is measured by 'distance', which is not among the metrics");
  }

  @Test
  void aTreeTakesNoFigureTwice() {
    FigureTree tree = new FigureTree();
    tree.put("l0.mean", 1);

    for (String path : List.of("l0.mean", "l0", "l0.mean.more")) {
      assertThatThrownBy(() -> tree.put(path, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("`" + path + "`");
    }
  }

  private static double figure(RunResult result, String path) {
    StepSummary push =
        result.summary().steps().stream()
            .filter(step -> step.name().equals("push"))
            .findFirst()
            .orElseThrow();
    return FigureTree.find(push.metrics(), path).orElseThrow();
  }

  private static TreeSet<String> leaves(String path, Map<?, ?> figures) {
    TreeSet<String> leaves = new TreeSet<>();
    figures.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> group) {
            leaves.addAll(leaves(path + name + ".", group));
          } else {
            leaves.add(path + name);
          }
        });
    return leaves;
  }
}
