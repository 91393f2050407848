package io.hone.engine;

import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.run.RunCancelledException;
import io.hone.engine.context.Cancellation;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import io.hone.host.figure.FigureTree;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioRunnerTest {
  private static final String TWICE =
      EngineFixture.CHAIN.replace(
          "  - {id: darken", "  - {id: again, improve: {use: restore}}\n  - {id: darken");

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 2", "64, 2", "100, 1"})
  void resultsDependNeitherOnBatchesNorOnThreads(int batch, int threads) throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "reference");
    RunResult result =
        engine.run(
            engine.scenario(EngineFixture.CHAIN, "run.batch=" + batch, "run.threads=" + threads),
            "other");

    assertThat(result.status()).isEqualTo(Status.COMPLETED);
    assertThat(new ResultDiff(folder.resolve("reference"), folder.resolve("other")).differences())
        .isEmpty();
  }

  @Test
  void selectedImagesGiveTheResultsThatTheyGiveAmongAll() throws IOException {
    String whole = EngineFixture.CHAIN;
    engine.run(engine.scenario(whole), "whole");
    String selecting =
        whole.replaceFirst(
            "(dataset: \\{use: noise, with: \\{[^}]*\\})",
            "$1, select: {from: 5, to: 90, count: 17, seed: 2}");
    engine.run(engine.scenario(selecting, "run.batch=1"), "one");
    engine.run(engine.scenario(selecting, "run.batch=64", "run.threads=2"), "many");

    assertThat(new ResultDiff(folder.resolve("one"), folder.resolve("many")).differences())
        .isEmpty();
    List<String> rows = Files.readAllLines(folder.resolve("one/samples.csv"));
    assertThat(rows).hasSizeGreaterThan(17);
    assertThat(Files.readAllLines(folder.resolve("whole/samples.csv"))).containsAll(rows);
  }

  @Test
  void placesASelectionThatTheDataSetDoesNotHave() throws IOException {
    Scenario scenario = engine.scenario(EngineFixture.CHAIN, "dataset.select={from: 5000}");

    assertThatThrownBy(() -> engine.run(scenario, "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("dataset.select", "the positions 0 to");
  }

  @Test
  void findsDamagedDataBeforeTheFirstBatch() throws IOException {
    String data = "dataset.with={size: 100, broken: 99}";
    Scenario scenario = engine.scenario(EngineFixture.CHAIN, data);

    assertThatThrownBy(() -> engine.run(scenario, "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("dataset", "image 99 is damaged");
    assertThat(folder.resolve("out/summary.json")).doesNotExist();
    RunResult first =
        engine.run(engine.scenario(EngineFixture.CHAIN, data, "dataset.take=99"), "99");
    assertThat(first.status()).as("an image that is not used").isEqualTo(Status.COMPLETED);
  }

  @Test
  void aRunWhoseDataMustChangeCannotGoOn() throws IOException {
    RunResult failed =
        engine.run(
            engine.scenario(
                EngineFixture.CHAIN, "dataset.with={size: 100, broken: 99, checked: false}"),
            "out");

    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.summary().error()).contains("image 99 is damaged");
    assertThat(failed.resumable()).isFalse();
    assertThat(engine.run(engine.scenario(EngineFixture.CHAIN), "other").resumable()).isTrue();
  }

  @Test
  void figuresOfTheChainAreConsistent() throws IOException {
    RunResult result = engine.run(engine.scenario(EngineFixture.CHAIN), "out");

    StepSummary clean = step(result, "clean");
    StepSummary push = step(result, "push");
    StepSummary restore = step(result, "restore");
    assertThat(clean.samples()).isEqualTo(100);
    // Every seventh label is wrong on purpose: samples 0, 7, ... 98.
    assertThat(figure(clean, "accuracy")).isEqualTo(0.85);
    assertThat(push.skipped()).containsExactly(Map.entry("misclassified", 15L));
    assertThat(push.attempted()).isEqualTo(85);
    double success = figure(push, "success_rate");
    assertThat(success).isBetween(0.3, 1.0);
    assertThat(figure(push, "accuracy")).isEqualTo((1 - success) * 0.85, within());
    assertThat(figure(push, "queries.gradient")).isEqualTo(1);
    assertThat(figure(push, "queries.forward")).isZero();
    assertThat(figure(push, "draws.mean")).isEqualTo(12);
    assertThat(restore.attempted()).isEqualTo(Math.round(success * 85));
    assertThat(figure(restore, "success_rate")).isEqualTo(1);
    assertThat(figure(restore, "l0.mean")).isLessThan(figure(push, "l0.mean"));
    assertThat(figure(restore, "reduction_rate.l0")).isBetween(0.1, 0.95);
    assertThat(figure(restore, "queries.forward")).isEqualTo(13);
    assertThat(figure(restore, "cumulated.queries.gradient")).isEqualTo(1);
    assertThat(figure(step(result, "darken@clean"), "clean_accuracy"))
        .isEqualTo(figure(step(result, "darken@clean"), "accuracy"))
        .isEqualTo(figure(step(result, "darken@push"), "clean_accuracy"));
    assertThat(step(result, "darken@push").metrics()).containsKey("recovery_rate");
    assertThat(result.gallery().rows()).hasSize(8);
    assertThat(SummaryFile.read(folder.resolve("out")).steps()).hasSize(6);
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  @Test
  void aScenarioWithoutStepsMeasuresTheModelAndTellsHowFarItIs() throws IOException {
    Scenario scenario =
        engine.scenario(EngineFixture.CHAIN.replaceAll("(?s)steps:.*", "steps: []"));
    AtomicLong done = new AtomicLong();
    RunResult result =
        engine.run(scenario, "out", Existing.REFUSE, new Cancellation(), done::addAndGet);

    assertThat(done).hasValue(100);
    StepSummary clean = result.summary().steps().get(0);
    assertThat(clean.samples()).isEqualTo(100);
    assertThat(clean.metrics()).containsKey("accuracy");
  }

  @Test
  void anInterruptedRunGoesOnAndEndsWithTheSameFiles() throws IOException {
    Scenario scenario = engine.scenario(EngineFixture.CHAIN);
    engine.run(scenario, "reference");

    Cancellation cancellation = new Cancellation();
    AtomicLong done = new AtomicLong();
    RunResult cancelled =
        engine.run(
            scenario,
            "interrupted",
            Existing.REFUSE,
            cancellation,
            units -> {
              if (done.addAndGet(units) > 120) {
                cancellation.cancel();
              }
            });
    assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
    assertThat(cancelled.summary().steps().get(0).samples()).isBetween(1L, 99L);

    // Other batches than before: what is missing is all that counts.
    RunResult resumed =
        engine.run(
            engine.scenario(EngineFixture.CHAIN, "run.batch=5"),
            "interrupted",
            Existing.RESUME,
            new Cancellation(),
            units -> {});

    assertThat(resumed.status()).isEqualTo(Status.COMPLETED);
    assertThat(
            new ResultDiff(folder.resolve("reference"), folder.resolve("interrupted"))
                .differences())
        .isEmpty();
    assertThat(folder.resolve("interrupted/.hone-journal")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed=4                 | in: seed;",
        "dataset.with.size=90   | in: dataset, number of samples (take or --limit), content of the"
            + " data set;",
        "dataset.take=50        | in: dataset, number of samples (take or --limit);",
        "steps.push.attack.use=idle | in: steps;",
      })
  void aRunOfAnotherScenarioIsNotResumed(String changed, String difference) throws IOException {
    Cancellation cancellation = new Cancellation();
    engine.run(
        engine.scenario(EngineFixture.CHAIN),
        "out",
        Existing.REFUSE,
        cancellation,
        units -> cancellation.cancel());

    Scenario other = engine.scenario(EngineFixture.CHAIN, changed);
    assertThatThrownBy(
            () -> engine.run(other, "out", Existing.RESUME, new Cancellation(), units -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds a run that differs from this one " + difference);
  }

  @Test
  void aRunThatIsCancelledInItsPreparationReplacesNothing() throws IOException {
    Scenario scenario = engine.scenario(EngineFixture.CHAIN);
    engine.run(scenario, "out");
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();

    for (String out : List.of("out", "other")) {
      assertThatThrownBy(() -> engine.run(scenario, out, Existing.REPLACE, cancelled, units -> {}))
          .isInstanceOf(RunCancelledException.class);
    }
    assertThat(SummaryFile.read(folder.resolve("out")).status()).isEqualTo("completed");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void completeResultsOfAnotherScenarioAreNotResumedOver() throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "out");

    Scenario other = engine.scenario(EngineFixture.CHAIN, "seed=4");
    assertThatThrownBy(
            () -> engine.run(other, "out", Existing.RESUME, new Cancellation(), units -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("another scenario");
    assertThat(SummaryFile.read(folder.resolve("out")).status()).isEqualTo("completed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw   | out of ideas | samples",
        "outside | wrote 1.5    | of sample 1040",
        "nan     | wrote NaN    | of sample 1040",
        "access  | SCORES       | LABELS"
      })
  void aFaultyPluginFailsTheRunAndKeepsFinishedBatches(String fault, String first, String second)
      throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace(
            "attack: {use: push}", "attack: {use: faulty, with: {fault: " + fault + "}}");
    RunResult result = engine.run(engine.scenario(yaml, "run.threads=1"), "out");

    assertThat(result.status()).isEqualTo(Status.FAILED);
    Summary summary = SummaryFile.read(folder.resolve("out"));
    assertThat(summary.status()).isEqualTo("failed");
    assertThat(summary.error()).contains("attack faulty", first, second);
    assertThat(summary.steps().get(0).samples()).isEqualTo(32);
    assertThat(Files.readAllLines(folder.resolve("out/samples.csv"))).hasSize(1 + 32 * 6);
    assertThat(folder.resolve("out/.hone-journal")).exists();
  }

  @Test
  void aNanForACleanImageNamesTheSample() throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace(
            "{card: linear.model}",
            "{card: linear.model, backend: {use: linear, with: {nan: true}}}");
    RunResult result = engine.run(engine.scenario(yaml), "out");

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.summary().error()).contains("model linear returns NaN", "1005", "its card");
    assertThat(result.resumable()).as("another model makes another run").isFalse();
  }

  @Test
  void aNanInTheDataNamesTheSampleAndIsNothingToGoOnFrom() throws IOException {
    String yaml = EngineFixture.CHAIN.replace("size: 100", "size: 100, hole: 40");
    RunResult result = engine.run(engine.scenario(yaml), "out");

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.summary().error()).contains("sample 1040 holds NaN; correct the data set");
    assertThat(result.resumable()).isFalse();
  }

  @Test
  void anEndlessAttackStopsWhenCancelled() throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace(
            "attack: {use: push}", "attack: {use: faulty, with: {fault: endless}}");
    Cancellation cancellation = new Cancellation();
    Thread user =
        new Thread(
            () -> {
              try {
                Thread.sleep(300);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              cancellation.cancel();
            });
    user.start();
    RunResult result =
        engine.run(engine.scenario(yaml), "out", Existing.REFUSE, cancellation, units -> {});

    assertThat(result.status()).isEqualTo(Status.CANCELLED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "goal: {targeted: 3}                          | class 3",
        "dataset: {use: noise, with: {shift: 1}}      | label 3",
        "dataset: {use: noise, with: {size: 0}}       | empty",
      })
  void whatDoesNotFitIsFoundBeforeAnythingIsWritten(String line, String expected)
      throws IOException {
    String key = line.substring(0, line.indexOf(':'));
    String yaml = EngineFixture.CHAIN.replaceAll("(?m)^" + key + ":.*\n", "") + line.strip() + "\n";
    Scenario scenario = engine.scenario(yaml);

    assertThatThrownBy(() -> engine.run(scenario, "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(expected);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aDefenseThatTheModelCannotFollowIsRefused() throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace("{use: darken}", "{use: darken, with: {keeps-size: false}}");
    Scenario scenario = engine.scenario(yaml);

    assertThatThrownBy(() -> engine.run(scenario, "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("darken")
        .hasMessageContaining("any size");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void anAttackThatNeedsGradientsIsRefusedByAModelWithoutThem() throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace(
            "{card: linear.model}",
            "{card: linear.model, backend: {use: linear, with: {gradients: false}}}");
    Scenario scenario = engine.scenario(yaml);

    assertThatThrownBy(() -> engine.run(scenario, "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("push needs gradients")
        .hasMessageContaining("no more than scores: faulty");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"note.txt", "summary.json"})
  void filesOfOthersAreNeverReplaced(String name) throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out").resolve(name), "{\"mine\": 1}");
    Scenario scenario = engine.scenario(EngineFixture.CHAIN);

    for (Existing existing : Existing.values()) {
      assertThatThrownBy(
              () -> engine.run(scenario, "out", existing, new Cancellation(), units -> {}))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("out");
    }
    assertThat(folder.resolve("out").resolve(name)).hasContent("{\"mine\": 1}");
  }

  @Test
  void anEarlierRunIsReplaced() throws IOException {
    engine.run(engine.scenario(EngineFixture.CHAIN), "out");
    Files.writeString(folder.resolve("out/report.html"), "old");

    engine.run(
        engine.scenario(EngineFixture.CHAIN),
        "out",
        Existing.REPLACE,
        new Cancellation(),
        units -> {});

    assertThat(folder.resolve("out/report.html")).doesNotExist();
    assertThat(SummaryFile.read(folder.resolve("out")).status()).isEqualTo("completed");
  }

  @Test
  void targetsAreSkippedWhereTheLabelIsTheTarget() throws IOException {
    RunResult result =
        engine.run(engine.scenario(EngineFixture.CHAIN + "goal: {targeted: 1}\n"), "out");

    StepSummary push = step(result, "push");
    assertThat(push.skipped()).containsKeys("is-target", "misclassified");
    long skipped = push.skipped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(push.attempted()).isEqualTo(100 - skipped);
  }

  @Test
  void allSamplesAreAttackedOnRequest() throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace("attack: {use: push}", "attack: {use: push}, samples: all");

    assertThat(step(engine.run(engine.scenario(yaml), "out"), "push").attempted()).isEqualTo(100);
  }

  @Test
  void recordsTheNormAndWhyFailedSamplesWereGivenUpAndMarksOfAll() throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace("attack: {use: push}", "attack: {use: idle}, samples: all");

    RunResult result = engine.run(engine.scenario(yaml), "out");
    assertThat(step(result, "push").norm()).isEqualTo("l2");
    assertThat(step(result, "restore").norm()).isEmpty();
    List<String[]> rows = rows("out");
    List<String> header = List.of(rows.get(0));
    Set<String> outcomes =
        rows.stream()
            .filter(row -> row[header.indexOf("step")].equals("push"))
            .map(
                row ->
                    (Long.parseLong(row[header.indexOf("index")]) % 2 == 1 ? "odd " : "even ")
                        + row[header.indexOf("success")]
                        + ": "
                        + row[header.indexOf("reason")])
            .collect(Collectors.toSet());
    assertThat(outcomes)
        .containsExactlyInAnyOrder(
            "odd true: odd", "odd false: odd", "even true: ", "even false: tired");
  }

  @Test
  void curvesGoOnAlongAChainOfImproversAndEndAtTheReductionRate() throws IOException {
    RunResult result = engine.run(engine.scenario(TWICE), "out");

    StepSummary once = step(result, "restore");
    StepSummary twice = step(result, "again");
    // the label and 12 features, twice over
    assertThat(figure(once, "restored_after.1")).isZero();
    assertThat(figure(once, "restored_after.8")).isBetween(0.01, 0.99);
    assertThat(figure(once, "restored_after.16"))
        .isEqualTo(figure(once, "reduction_rate.l0"), within());
    assertThat(FigureTree.find(once.metrics(), "restored_after.23")).isEmpty();
    assertThat(figure(twice, "restored_after.8")).isEqualTo(figure(once, "restored_after.8"));
    assertThat(figure(twice, "restored_after.32"))
        .isEqualTo(figure(twice, "reduction_rate.l0"), within());
    assertThat(step(result, "push").metrics()).doesNotContainKey("restored_after");
  }

  @Test
  void saysWhatAnImproverGaveBackAsItWas() throws IOException {
    engine.run(engine.scenario(TWICE), "out");

    List<String[]> rows = rows("out");
    List<String> header = List.of(rows.get(0));
    List<String> columns = List.of("l0", "l1", "l2", "linf");
    Map<String, Map<String, String>> distances = new HashMap<>();
    Map<String, String> reasons = new HashMap<>();
    for (String[] row : rows.subList(1, rows.size())) {
      if (row[header.indexOf("success")].equals("true")) {
        String index = row[header.indexOf("index")];
        distances
            .computeIfAbsent(row[header.indexOf("step")], step -> new HashMap<>())
            .put(
                index,
                columns.stream()
                    .map(column -> row[header.indexOf(column)])
                    .collect(Collectors.joining(" ")));
        if (row[header.indexOf("step")].equals("again")) {
          reasons.put(index, row[header.indexOf("reason")]);
        }
      }
    }
    assertThat(reasons).containsValue("not-improved");
    reasons.forEach(
        (index, reason) -> {
          boolean same =
              distances.get("again").get(index).equals(distances.get("restore").get(index));
          assertThat(reason).isEqualTo(same ? "not-improved" : "");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "'{use: careless}', 'float', label-lost",
    "'{use: careless}', '8bit', label-lost",
    "'{use: careless, with: {marks: true}}', 'float', seen"
  })
  void givesBackWhatAnImproverLoses(String improver, String grid, String reason)
      throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace(
            "improve: {use: restore}", "improve: " + improver + ", grid: " + grid);
    RunResult result = engine.run(engine.scenario(yaml), "out");

    assertThat(figure(step(result, "restore"), "success_rate")).isEqualTo(1);
    for (String distance : List.of("l0.mean", "l1.mean", "l2.mean", "linf.mean")) {
      assertThat(figure(step(result, "restore"), distance))
          .as("%s: all examples are what they were", distance)
          .isEqualTo(figure(step(result, "push"), distance));
    }
    assertThat(figure(step(result, "restore"), "success_rate_8bit"))
        .isEqualTo(figure(step(result, "push"), "success_rate_8bit") / pushed(result), within());
    List<String[]> rows = rows("out");
    List<String> header = List.of(rows.get(0));
    assertThat(rows)
        .filteredOn(row -> row[header.indexOf("step")].equals("restore"))
        .filteredOn(row -> row[header.indexOf("success")].equals("true"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row[header.indexOf("reason")]).isEqualTo(reason));
  }

  private static double pushed(RunResult result) {
    return figure(step(result, "push"), "success_rate");
  }

  private List<String[]> rows(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve("samples.csv")).stream()
        .map(line -> line.split(",", -1))
        .toList();
  }

  @Test
  void classesAreNamedBesideTheirNumbers() throws IOException {
    String names = "{size: 10, named: true}";
    String yaml = EngineFixture.CHAIN.replace("{size: 100}", names);
    // Four names for three classes name nothing.
    engine.run(engine.scenario(yaml), "four");
    assertThat(rows("four").get(1)).endsWith("", "", "", "");

    engine.run(engine.scenario(yaml.replace("named: true", "named: true, classes: 3")), "out");

    List<String> header = List.of(rows("out").get(0));
    assertThat(header.subList(16, 23))
        .containsExactly(
            "forward",
            "gradient",
            "label_name",
            "target_name",
            "predicted_before_name",
            "predicted_name",
            "found_by");
    List<String> named = List.of("low", "middle", "high");
    assertThat(rows("out").subList(1, rows("out").size()))
        .allSatisfy(
            row -> {
              assertThat(row[header.indexOf("label_name")])
                  .isEqualTo(named.get(Integer.parseInt(row[header.indexOf("label")])));
              assertThat(row[header.indexOf("predicted_name")])
                  .isEqualTo(named.get(Integer.parseInt(row[header.indexOf("predicted")])));
              assertThat(row[header.indexOf("target_name")]).isEmpty();
            });
    assertThat(SummaryFile.read(folder.resolve("out")).model()).containsEntry("class_names", named);
  }

  @Test
  void labelsThatAreNotKnownAreThePredictions() throws IOException {
    String yaml = EngineFixture.CHAIN.replace("{size: 100}", "{size: 100, labelled: false}");

    StepSummary clean = step(engine.run(engine.scenario(yaml), "out"), "clean");
    assertThat(figure(clean, "accuracy")).isEqualTo(1);
  }

  @Test
  void expectationsAreMetOrNot() throws IOException {
    String yaml =
        EngineFixture.CHAIN
            + """
            expect:
              - restore.reduction_rate.l0 > 0.01
              - restore.reduction_rate.l0 > 0.999
              - darken@clean.recovery_rate > 0
            """;
    RunResult result = engine.run(engine.scenario(yaml), "out");

    assertThat(result.summary().expectations())
        .extracting(Summary.ExpectationResult::met)
        .containsExactly(true, false, false);
    assertThat(result.expectationsMet()).isFalse();
  }

  @Test
  void eightBitGridHoldsAndNoDistanceGrows() throws IOException {
    String yaml =
        EngineFixture.CHAIN.replace("attack: {use: push}", "attack: {use: push}, grid: 8bit");
    engine.run(engine.scenario(yaml), "out");

    List<String> lines = Files.readAllLines(folder.resolve("out/samples.csv"));
    assertThat(lines.get(0)).startsWith("step,index,label,target,predicted_before,predicted");
    long differing =
        lines.stream()
            .filter(line -> line.startsWith("push,"))
            .filter(line -> !line.split(",")[7].equals(line.split(",")[8]))
            .count();
    assertThat(differing).isZero();
  }

  private static double figure(StepSummary step, String path) {
    return FigureTree.find(step.metrics(), path).orElseThrow();
  }
}
