package io.hone.engine;

import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.engine.results.ClassSummary;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.StepStatistics;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary.ExpectationResult;
import io.hone.engine.results.SummaryFile;
import io.hone.engine.step.StepTypes;
import io.hone.host.figure.FigureTree;
import io.hone.host.figure.FrameworkFigures;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Intervals and figures per class, from the samples to what a scenario expects of them. */
class StatisticsTest {
  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  @Test
  void everyRateHasItsInterval() throws IOException {
    RunResult result = engine.run(engine.scenario(EngineFixture.CHAIN), "out");

    for (StepSummary step : result.summary().steps()) {
      List<String> rates =
          FrameworkFigures.rates(
              StepTypes.installed().kind(step.kind()), FrameworkFigures.metrics());
      assertThat(step.intervals().keySet())
          .as(step.name())
          .isSubsetOf(rates)
          .containsAll(rates.stream().filter(rate -> has(step, rate)).toList());
      step.intervals()
          .forEach(
              (rate, interval) -> {
                double value = FigureTree.find(step.metrics(), rate).orElseThrow();
                assertThat(interval.rate()).as(rate).isEqualTo(value);
                assertThat(value).isBetween(interval.low(), interval.high());
              });
    }
    assertThat(step(result, "push").intervals().get("success_rate").n()).isEqualTo(85);
    assertThat(step(result, "push").intervals().get("accuracy").n()).isEqualTo(100);
  }

  private static boolean has(StepSummary step, String rate) {
    return FigureTree.find(step.metrics(), rate).isPresent();
  }

  @Test
  void classesAgreeWithTheTableOfSamples() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                EngineFixture.CHAIN, "dataset.with={size: 100, named: true, classes: 3}"),
            "out");

    Map<Integer, int[]> counted = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("out/samples.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals("push")) {
        int[] counts = counted.computeIfAbsent(Integer.valueOf(cells[2]), label -> new int[4]);
        counts[0]++;
        counts[1] += cells[5].equals(cells[2]) ? 1 : 0;
        counts[2] += cells[6].equals("true") ? 1 : 0;
        counts[3] += cells[7].equals("true") ? 1 : 0;
      }
    }
    StepSummary push = step(result, "push");
    assertThat(push.classes()).hasSize(counted.size()).hasSizeGreaterThan(2);
    for (ClassSummary found : push.classes()) {
      int[] counts = counted.get(found.number());
      assertThat(found.name()).isEqualTo(List.of("low", "middle", "high").get(found.number()));
      assertThat(found.samples()).isEqualTo(counts[0]);
      assertThat(found.attempted()).isEqualTo(counts[2]);
      RateInterval accuracy = found.intervals().get("accuracy");
      assertThat(List.of(accuracy.count(), accuracy.n()))
          .isEqualTo(List.of((long) counts[1], (long) counts[0]));
      RateInterval success = found.intervals().get("success_rate");
      assertThat(List.of(success.count(), success.n()))
          .isEqualTo(List.of((long) counts[3], (long) counts[2]));
    }
    ClassSummary worst = push.worstClass();
    assertThat(worst).isNotNull().isIn(push.classes());
    double lowest =
        push.classes().stream()
            .filter(found -> found.samples() >= StepStatistics.FEWEST_SAMPLES)
            .mapToDouble(found -> FigureTree.find(found.metrics(), "accuracy").orElseThrow())
            .min()
            .orElseThrow();
    assertThat(worst.metrics()).containsEntry("accuracy", lowest);
  }

  @Test
  void expectationsMayNameIntervalsAndClasses() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                EngineFixture.CHAIN
                    + """
                    expect:
                      - push.intervals.success_rate.low > 0.1
                      - push.intervals.success_rate.n == 85
                      - push.worst_class.accuracy < 0.9
                      - push.worst_class.intervals.accuracy.high <= 1
                      - push.worst_class.samples >= 10
                      - push.classes.0.accuracy >= 0
                      - push.classes.77.accuracy >= 0
                    """),
            "out");

    StepSummary push = step(result, "push");
    List<ExpectationResult> results = result.summary().expectations();
    assertThat(results)
        .extracting(ExpectationResult::state)
        .containsExactly("met", "met", "met", "met", "met", "met", "not-met");
    assertThat(results.get(0).actual())
        .isCloseTo(push.intervals().get("success_rate").low(), within(0.0));
    assertThat(results.get(2).actual()).isEqualTo(push.worstClass().metrics().get("accuracy"));
    assertThat(results.get(6).actual()).isNull();
  }

  @Test
  void aStatisticIsTrustedAsItsRateIs() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                EngineFixture.CHAIN
                    + """
                    expect:
                      - push.intervals.success_rate.high < 1.1
                      - push.worst_class.accuracy <= 1
                    """,
                "model.backend={use: linear, with: {flat: 100}}"),
            "out");

    assertThat(result.summary().expectations())
        .extracting(ExpectationResult::state)
        .containsExactly("untrusted", "untrusted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "push.intervals.sucess_rate.low > 0 | did you mean 'intervals.success_rate.low'?",
        "push.intervals.success_rate.lo > 0 | did you mean 'intervals.success_rate.low'?",
        "push.intervals.success_rate > 0 | no figure 'intervals.success_rate'",
        "push.intervals.l0.low > 0 | no figure 'intervals.l0.low'",
        "clean.intervals.success_rate.low > 0 | known: intervals.accuracy.n",
        "push.worst_class.acuracy > 0 | did you mean 'worst_class.accuracy'?",
        "push.worst_class > 0 | known: worst_class.success_rate",
        "push.worst_class.l2 > 0 | no figure 'worst_class.l2'",
        "push.classes.cat.accuracy > 0 | no figure 'classes.cat.accuracy'",
      })
  void aMisspeltStatisticIsFoundBeforeTheRun(String expectation, String problem) {
    assertThatThrownBy(
            () -> engine.scenario(EngineFixture.CHAIN + "expect: [\"" + expectation + "\"]\n"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("scenario.yaml:12:")
        .hasMessageContaining(problem);
  }

  @Test
  void withoutAMetricOfRatesThereIsNoInterval() {
    assertThatThrownBy(
            () ->
                engine.scenario(
                    EngineFixture.CHAIN
                        + "metrics: [distance]\nexpect: [push.intervals.accuracy.low > 0]\n"))
        .hasMessageContaining("intervals are told of rates, and none of the metrics measures one");
  }

  @Test
  void withoutAccuracyThereIsNoWorstClassToExpectAnythingOf() {
    assertThatThrownBy(
            () ->
                engine.scenario(
                    EngineFixture.CHAIN
                        + "metrics: [success-rate]\n"
                        + "expect: [push.worst_class.success_rate < 1]\n"))
        .hasMessageContainingAll(
            "'push' has no worst class, because its accuracy is not measured",
            "add 'accuracy' to the metrics");
  }

  @ParameterizedTest
  @ValueSource(strings = {"intervals", "classes", "worst_class"})
  void aNoteCannotTakeTheNameOfAStatistic(String name) throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                EngineFixture.CHAIN.replace("use: push", "use: push, with: {note: " + name + "}")),
            "out");

    assertThat(result.summary().error()).contains("`" + name + "` is one that Hone gives itself");
  }

  @Test
  void resultsOfAnEarlierVersionAreReadAndCompared() throws IOException {
    RunResult result = engine.run(engine.scenario(EngineFixture.CHAIN), "now");
    engine.run(engine.scenario(EngineFixture.CHAIN), "before");
    Path file = folder.resolve("before/summary.json");
    ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(file);
    tree.get("steps")
        .forEach(
            step -> ((ObjectNode) step).remove(List.of("intervals", "classes", "worst_class")));
    Files.writeString(file, JsonMapper.shared().writeValueAsString(tree));

    List<StepSummary> before = SummaryFile.read(folder.resolve("before")).steps();
    assertThat(before).allMatch(step -> step.intervals().isEmpty() && step.classes().isEmpty());
    assertThat(before).extracting(StepSummary::worstClass).containsOnlyNulls();
    assertThat(before.get(1).find("worst_class.accuracy")).isEmpty();
    assertThat(before.get(1).find("intervals.accuracy.low")).isEmpty();
    assertThat(new ResultDiff(folder.resolve("now"), folder.resolve("before")).differences())
        .isEmpty();
    List<StepSummary> now = new ArrayList<>(SummaryFile.read(folder.resolve("now")).steps());
    assertThat(now.get(1).classes()).isEqualTo(step(result, "push").classes());
    assertThat(now.get(1).worstClass()).isEqualTo(step(result, "push").worstClass());
  }
}
