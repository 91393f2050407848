package io.hone.engine;

import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.engine.context.Cancellation;
import io.hone.engine.results.ExampleMatrix;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.TargetSummary;
import io.hone.host.figure.FigureTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells of an attack that a matrix aims at every class. */
class TargetSweepTest {
  private static final String SCENARIO =
      """
      hone: 1
      name: targets
      seed: 3
      dataset: {use: noise, with: {size: 100}}
      model: {card: linear.model}
      run: {batch: 16, threads: 2}
      goal: {targeted: 0}
      steps:
        - {id: push, attack: {use: push, with: {size: 0.12}}}
        - {id: restore, improve: {use: restore}, of: push}
      matrix: {goal.targeted: [0, 1, 2]}
      expect:
        - push[targeted=best].success_rate > 0
        - push[targeted=worst].success_rate > 1
      save: all
      """;

  /** A row of the table of samples. */
  private record Found(int label, int target, boolean attempted, boolean success, double l2) {}

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  private RunResult run(String out, String... changes) throws IOException {
    return engine.run(engine.scenario(SCENARIO, changes), out);
  }

  /** Returns what the table tells of each sample at a step, one for each target. */
  private Map<String, List<Found>> table(String out, String step) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(out).resolve("samples.csv"));
    List<String> columns = Arrays.asList(lines.get(0).split(",", -1));
    Map<String, List<Found>> samples = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells[columns.indexOf("step")].startsWith(step + "[")) {
        String distance = cells[columns.indexOf("l2")];
        samples
            .computeIfAbsent(cells[columns.indexOf("index")], absent -> new ArrayList<>())
            .add(
                new Found(
                    Integer.parseInt(cells[columns.indexOf("label")]),
                    Integer.parseInt(cells[columns.indexOf("target")]),
                    isTrue(cells[columns.indexOf("attempted")]),
                    isTrue(cells[columns.indexOf("success")]),
                    distance.isEmpty() ? Double.NaN : Double.parseDouble(distance)));
      }
    }
    return samples;
  }

  private static boolean isTrue(String cell) {
    return cell.equals("true") || cell.equals("1");
  }

  private static double figure(StepSummary summary, String path) {
    return FigureTree.find(summary.metrics(), path).orElse(Double.NaN);
  }

  @Test
  void takesOfEachSampleTheEasiestTheAverageAndTheHardestTarget() throws IOException {
    RunResult result = run("out");
    List<List<Found>> samples =
        table("out", "push").values().stream()
            .map(targets -> targets.stream().filter(Found::attempted).toList())
            .filter(targets -> !targets.isEmpty())
            .toList();
    double[] nearest =
        samples.stream()
            .flatMapToDouble(
                targets ->
                    targets.stream().filter(Found::success).mapToDouble(Found::l2).min().stream())
            .toArray();
    double[] farthest =
        samples.stream()
            .filter(targets -> targets.stream().allMatch(Found::success))
            .mapToDouble(targets -> targets.stream().mapToDouble(Found::l2).max().orElseThrow())
            .toArray();
    double[] all =
        samples.stream()
            .flatMap(List::stream)
            .filter(Found::success)
            .mapToDouble(Found::l2)
            .toArray();
    long pairs = samples.stream().mapToLong(List::size).sum();

    TargetSummary push = result.summary().targets().get(0);
    assertThat(push.name()).isEqualTo("push");
    assertThat(push.distance()).isEqualTo("l2");
    assertThat(push.results())
        .containsExactly("push[targeted=0]", "push[targeted=1]", "push[targeted=2]");
    assertThat(farthest.length).as("the hardest target").isBetween(1, nearest.length - 1);
    check(push.best(), samples.size(), nearest);
    check(push.average(), pairs, all);
    check(push.worst(), samples.size(), farthest);
    assertThat(push.best().samples()).isEqualTo(100);
    assertThat(push.average().intervals()).as("pairs are no independent draws").isEmpty();
    assertThat(push.worst().intervals()).containsKey("success_rate");
  }

  private static void check(StepSummary found, long attempted, double... distances) {
    assertThat(found.attempted()).isEqualTo(attempted);
    assertThat(figure(found, "success_rate"))
        .isEqualTo((double) distances.length / attempted, within(1e-12));
    double mean = Arrays.stream(distances).average().orElseThrow();
    assertThat(figure(found, "l2.mean")).isEqualTo(mean, within(1e-5 * mean));
  }

  @Test
  void keepsTheFirstExampleOfEachPairOfClasses() throws IOException {
    RunResult result = run("out");
    Map<Integer, Map<Integer, String>> first = new TreeMap<>();
    table("out", "push")
        .forEach(
            (index, targets) ->
                targets.stream()
                    .filter(Found::success)
                    .forEach(
                        found ->
                            first
                                .computeIfAbsent(found.label(), absent -> new TreeMap<>())
                                .putIfAbsent(found.target(), index)));

    ExampleMatrix matrix = result.gallery().matrices().get(0);
    Map<Integer, Map<Integer, String>> kept = new TreeMap<>();
    for (ExampleMatrix.Row row : matrix.rows()) {
      Map<Integer, String> samples = new TreeMap<>();
      row.examples()
          .forEach((target, example) -> samples.put(target, Long.toString(example.sample())));
      kept.put(row.label(), samples);
    }
    assertThat(matrix.targets()).containsExactly(0, 1, 2);
    assertThat(kept).isEqualTo(first).hasSizeGreaterThan(1);
    ExampleMatrix.Row row = matrix.rows().get(0);
    assertThat(row.examples().values())
        .allSatisfy(example -> assertThat(example.pixels()).isNotEqualTo(row.clean()));
  }

  @Test
  void foldsImproversAsTheirAttacks() throws IOException {
    RunResult result = run("out");

    TargetSummary restore = result.summary().targets().get(1);
    assertThat(restore.name()).isEqualTo("restore");
    assertThat(restore.best().of().names()).containsExactly("push");
    assertThat(figure(restore.best(), "l2.mean"))
        .isLessThan(figure(result.summary().targets().get(0).best(), "l2.mean"));
  }

  @Test
  void judgesExpectationsOfTheCases() throws IOException {
    RunResult result = run("out");

    assertThat(result.summary().expectations())
        .extracting(expectation -> expectation.met())
        .containsExactly(true, false);
  }

  @Test
  void dependsNeitherOnBatchesNorOnInterruptions() throws IOException {
    RunResult whole = run("whole");
    run("small", "run.batch=7", "run.threads=1");
    Cancellation cancellation = new Cancellation();
    AtomicLong samples = new AtomicLong();
    RunResult interrupted =
        engine.run(
            engine.scenario(SCENARIO, "run.threads=1"),
            "resumed",
            Existing.REFUSE,
            cancellation,
            units -> {
              if (samples.addAndGet(units) > 300) {
                cancellation.cancel();
              }
            });
    assertThat(interrupted.status()).isEqualTo(Status.CANCELLED);
    RunResult resumed =
        engine.run(
            engine.scenario(SCENARIO), "resumed", Existing.RESUME, new Cancellation(), units -> {});

    assertThat(new ResultDiff(folder.resolve("whole"), folder.resolve("small")).differences())
        .isEmpty();
    assertThat(new ResultDiff(folder.resolve("whole"), folder.resolve("resumed")).differences())
        .isEmpty();
    assertThat(resumed.gallery().matrices())
        .usingRecursiveComparison()
        .isEqualTo(whole.gallery().matrices());
  }

  @Test
  void refusesANameThatNoSheetCanHave() {
    String scenario =
        SCENARIO
                .substring(0, SCENARIO.indexOf("expect:"))
                .replace(
                    "[0, 1, 2]",
                    "[0, 1, 2], steps.push.attack.with.doubt: [%s]".formatted("d".repeat(250)))
            + "save: none\n";

    assertThatThrownBy(() -> engine.run(engine.scenario(scenario), "out"))
        .hasMessageContaining("the images of this step cannot be saved: the name 'push[doubt=ddd")
        .hasMessageContaining("use shorter ids");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void tellsNothingWhereTheGoalIsTheSame() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                SCENARIO
                    .replace("goal.targeted: [0, 1, 2]", "goal.targeted: [2]")
                    .replaceAll("(?m)^  - push.targeted.*\n", "")
                    .replace("expect:\n", "")),
            "out");

    assertThat(result.summary().targets()).isEmpty();
    assertThat(result.gallery().matrices()).isEmpty();
    assertThat(step(result, "push[targeted=2]").attempted()).isPositive();
  }
}
