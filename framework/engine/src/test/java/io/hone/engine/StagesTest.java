package io.hone.engine;

import static io.hone.engine.EngineFixture.figure;
import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.engine.context.Cancellation;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.StageSummary;
import io.hone.engine.results.Status;
import io.hone.engine.results.StepSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the results tell of an attack that runs other attacks. */
class StagesTest {
  private static final String SCENARIO =
      """
      hone: 1
      name: stages
      seed: 3
      dataset: {use: noise, with: {size: 100}}
      model: {card: linear.model}
      run: {batch: 16, threads: 2}
      steps:
        - id: turn
          attack:
            use: in-turn
            with:
              attacks:
                - {use: push, with: {size: 0.05}}
                - {use: push, with: {size: 0.15}}
      save: all
      """;

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  private RunResult run(String out, String... changes) throws IOException {
    return engine.run(engine.scenario(SCENARIO, changes), out);
  }

  @Test
  void tellWhatEachAttemptedBrokeAndLeft() throws IOException {
    RunResult result = run("out");
    StepSummary turn = step(result, "turn");
    List<StageSummary> stages = turn.stages();

    assertThat(stages)
        .extracting(StageSummary::name)
        .containsExactly("stage-1", "stage-2", "stage-3");
    assertThat(stages).extracting(StageSummary::use).containsExactly("push", "push", "idle");
    assertThat(stages.get(1).with()).containsEntry("size", 0.15).containsEntry("note", "draws");
    assertThat(stages.get(0).attempted()).isEqualTo(turn.attempted());
    for (int stage = 1; stage < 3; stage++) {
      StageSummary before = stages.get(stage - 1);
      assertThat(stages.get(stage).attempted()).isEqualTo(before.attempted() - before.broken());
      assertThat(stages.get(stage).robustAccuracy()).isLessThanOrEqualTo(before.robustAccuracy());
    }
    assertThat(stages.get(0).broken()).isPositive();
    assertThat(stages.get(1).broken()).isPositive();
    assertThat(stages.get(2).broken()).isZero();
    assertThat(stages.get(0).queries()).isEqualTo(new StageSummary.Queries(1, 1));
    assertThat(stages.get(2).queries()).isEqualTo(new StageSummary.Queries(1, 0));
    assertThat(stages.get(2).robustAccuracy()).isEqualTo(figure(result, "turn", "accuracy"));
    assertThat(step(result, "clean").stages()).isEmpty();
  }

  @Test
  void areNamedBesideTheSamplesThatTheyBroke() throws IOException {
    RunResult result = run("out");
    List<String> lines = Files.readAllLines(folder.resolve("out/samples.csv"));
    List<String> header = Arrays.asList(lines.get(0).split(","));
    Map<String, Long> found =
        lines.stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .filter(cells -> cells[header.indexOf("step")].equals("turn"))
            .collect(
                Collectors.groupingBy(
                    cells ->
                        cells[header.indexOf("found_by")] + "/" + cells[header.indexOf("success")],
                    Collectors.counting()));

    List<StageSummary> stages = step(result, "turn").stages();
    assertThat(found.keySet()).containsExactlyInAnyOrder("stage-1/true", "stage-2/true", "/false");
    assertThat(found.get("stage-1/true")).isEqualTo(stages.get(0).broken());
    assertThat(found.get("stage-2/true")).isEqualTo(stages.get(1).broken());
  }

  @Test
  void areTheSameForBatchesOfAnySizeAndAfterAnInterruption() throws IOException {
    run("reference");
    for (int batch : new int[] {1, 7, 64}) {
      String out = "batch-" + batch;
      run(out, "run.batch=" + batch, "run.threads=1");
      assertThat(new ResultDiff(folder.resolve("reference"), folder.resolve(out)).differences())
          .isEmpty();
    }
    Cancellation cancellation = new Cancellation();
    AtomicLong done = new AtomicLong();
    RunResult cancelled =
        engine.run(
            engine.scenario(SCENARIO),
            "cut",
            Existing.REFUSE,
            cancellation,
            units -> {
              if (done.addAndGet(units) > 40) {
                cancellation.cancel();
              }
            });
    assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
    engine.run(
        engine.scenario(SCENARIO, "run.batch=5"),
        "cut",
        Existing.RESUME,
        new Cancellation(),
        units -> {});

    assertThat(new ResultDiff(folder.resolve("reference"), folder.resolve("cut")).differences())
        .isEmpty();
  }

  @Test
  void areNoDifferenceToResultsOfAVersionWithoutThem() throws IOException {
    String push = SCENARIO.replaceAll("(?s)  - id: turn.*?save", "  - {id: p, attack: push}\nsave");
    engine.run(engine.scenario(push), "now");
    engine.run(engine.scenario(push), "before");
    Path table = folder.resolve("before/samples.csv");
    Files.writeString(
        table, Files.readString(table).replace(",found_by\n", "\n").replace(",\n", "\n"));

    ResultDiff diff = new ResultDiff(folder.resolve("now"), folder.resolve("before"));
    assertThat(diff.differences()).isEmpty();
    Files.writeString(table, Files.readString(table).replaceFirst("true", "false"));
    assertThat(diff.differences()).hasSize(1);
  }

  @Test
  void mayBeExpectedToBreakSamples() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                SCENARIO
                    + "expect: [turn.stages.stage-2.robust_accuracy < 0.9,"
                    + " turn.stages.stage-1.queries.gradient == 1]\n"),
            "out");

    assertThat(result.summary().expectations()).allMatch(expectation -> expectation.met());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stages.stage-4.broken < 1      | step turn has no stage 'stage-4'; did you mean"
            + " 'stage-1'?",
        "stages.stage-1.brokn < 1       | 'turn' has no figure 'stages.stage-1.brokn'",
      })
  void cannotBeExpectedToBeWhatTheyAreNot(String expectation, String error) {
    assertThatThrownBy(
            () ->
                engine.run(
                    engine.scenario(SCENARIO + "expect: [turn." + expectation + "]\n"), "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(error);
  }

  @Test
  void areRefusedBeforeAnythingRunsWhereAnAttackIsMissing() {
    assertThatThrownBy(() -> run("out", "steps.turn.attack.with.last=apgdd"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "scenario.yaml:", "it needs the attack 'apgdd', which no installed plugin brings");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
