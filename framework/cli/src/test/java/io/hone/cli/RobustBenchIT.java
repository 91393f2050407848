package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.StepSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RobustBenchIT {
  private static final List<String> METADATA =
      List.of(
          "--name", "Robust digits",
          "--authors", "A. Author, B. Author",
          "--venue", "Unpublished",
          "--architecture", "WideResNet-28-10",
          "--link", "https://example.org/paper");

  private static final StepSummary STANDARD =
      ResultFiles.attack("aa", "auto-attack", "linf", Map.of(), 10_000, 0.49251);

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  /** The scenario as a summary tells it: radii are numbers there. */
  private static Map<String, Object> scenario(String dataset, Object epsilon) {
    return scenario(
        dataset, Map.of("epsilon", epsilon, "version", "standard", "attacks", List.of()), Map.of());
  }

  private static Map<String, Object> scenario(
      String dataset, Map<String, Object> parameters, Map<String, Object> beside) {
    Map<String, Object> step = new HashMap<>(beside);
    step.put("id", "aa");
    step.put("attack", Map.of("use", "auto-attack", "with", parameters));
    step.put("grid", "float");
    step.put("samples", "correct");
    return Map.of(
        "dataset",
        Map.of("use", dataset, "with", Map.of("split", "test")),
        "goal",
        "untargeted",
        "steps",
        List.of(step));
  }

  private Path run(String status, Map<String, Object> scenario, long first, StepSummary... attacks)
      throws IOException {
    long samples = attacks.length == 0 ? 10_000 : attacks[0].samples();
    List<StepSummary> steps = new ArrayList<>(List.of(ResultFiles.clean(samples, 0.8703)));
    steps.addAll(List.of(attacks));
    return ResultFiles.write(
        hone.file("run"),
        ResultFiles.summary(status, scenario, "images", steps.toArray(StepSummary[]::new)),
        LongStream.range(first, first + samples)
            .mapToObj(index -> "clean," + index + ",3,,3,3,true,false")
            .toList());
  }

  private Result export(Path run, String... options) {
    return hone.runHere(
        Stream.of(
                Stream.of("export", "robustbench", run.toString()),
                METADATA.stream(),
                Stream.of(options))
            .flatMap(arguments -> arguments)
            .toArray(String[]::new));
  }

  @Test
  void writesAnEntryAsTheLeaderboardReadsIt() throws IOException {
    Path run = run("completed", scenario("cifar10", 8 / 255.0), 0, STANDARD);

    Result result = export(run, "--reported", "50", "--additional-data");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    JsonNode entry = JsonMapper.shared().readTree(result.out());
    assertThat(entry.propertyNames())
        .containsExactly(
            "link",
            "name",
            "authors",
            "additional_data",
            "number_forward_passes",
            "dataset",
            "venue",
            "architecture",
            "eps",
            "clean_acc",
            "reported",
            "autoattack_acc",
            "unreliable");
    assertThat(entry.get("eps").asString()).isEqualTo("8/255");
    assertThat(entry.get("clean_acc").asString()).isEqualTo("87.03");
    assertThat(entry.get("autoattack_acc").asString()).isEqualTo("49.25");
    assertThat(entry.get("reported").asString()).isEqualTo("50.00");
    assertThat(entry.get("number_forward_passes").isString()).isTrue();
    assertThat(entry.get("dataset").asString()).isEqualTo("cifar10");
    assertThat(entry.get("additional_data").asBoolean()).isTrue();
    assertThat(entry.get("unreliable").isBoolean()).isTrue();
    assertThat(entry.get("unreliable").asBoolean()).isFalse();
  }

  @Test
  void tellsWhatTheRunLacks() throws IOException {
    StepSummary weak = ResultFiles.attack("aa", "pgd", "l2", Map.of(), 200, 0.5);
    Path run = run("completed", scenario("cifar10", 0.1), 5000, weak);

    Result result = export(run);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains("take the ball linf 8/255 or l2 0.5; this attack worked within l2 0.1.")
        .contains("evaluate 10,000 images; this run has 200; the 95 % interval of the robust")
        .contains("is 48.00 to 51.00.")
        .contains("the images are not the first images of the data set, in order.")
        .contains("autoattack_acc is that of pgd; the leaderboards take auto-attack")
        .contains("give --reported.");
    assertThat(JsonMapper.shared().readTree(result.out()).get("eps").asString()).isEqualTo("0.1");
  }

  @Test
  void theVersionThatIsTheDefaultNeedsNoMention() throws IOException {
    Map<String, Object> ball = Map.of("epsilon", 8 / 255.0);

    Result plain =
        export(
            run("completed", scenario("cifar10", ball, Map.of()), 0, STANDARD), "--reported", "50");
    assertThat(plain.err()).isEmpty();

    Map<String, Object> plus = Map.of("epsilon", 8 / 255.0, "version", "plus");
    assertThat(export(run("completed", scenario("cifar10", plus, Map.of()), 0, STANDARD)).err())
        .contains("take auto-attack with version standard alone");
  }

  @Test
  void boundsOfSingleFeaturesAreTold() throws IOException {
    Map<String, Object> bounds = Map.of("bounds", Map.of("low", "low.npy", "high", "high.npy"));

    Result result =
        export(
            run(
                "completed",
                scenario("cifar10", Map.of("epsilon", 8 / 255.0), bounds),
                0,
                STANDARD));

    assertThat(result.err()).contains("the step has bounds of single features");
  }

  @Test
  void flagsMakeAnEntryUnreliable() throws IOException {
    Distrust flag = new Distrust("no-gradient", 9, "every gradient was zero", true);
    StepSummary masked =
        ResultFiles.attack("aa", "auto-attack", "linf", Map.of(), 10_000, 0.6, flag);

    Result result = export(run("completed", scenario("cifar10", 8 / 255.0), 0, masked));

    assertThat(JsonMapper.shared().readTree(result.out()).get("unreliable").asBoolean()).isTrue();
    assertThat(result.err()).contains("unreliable, because of these trust flags: no-gradient");
  }

  @Test
  void theVariantTellsTheRadiusOfAMatrix() throws IOException {
    StepSummary four =
        ResultFiles.attack(
            "aa[epsilon=4-255]", "auto-attack", "linf", Map.of("epsilon", "4/255"), 100, 0.7);
    StepSummary eight =
        ResultFiles.attack(
            "aa[epsilon=8px]", "auto-attack", "linf", Map.of("epsilon", "8px"), 100, 0.5);
    Path run = run("completed", scenario("cifar10", 4 / 255.0), 0, four, eight);

    Result ambiguous = export(run);
    assertThat(ambiguous.exitCode()).isEqualTo(2);
    assertThat(ambiguous.err())
        .contains("the run has 2 attacks; choose with --step; its attacks: aa[epsilon=4-255], aa[");

    Result chosen = export(run, "--step", "aa[epsilon=8px]");
    assertThat(JsonMapper.shared().readTree(chosen.out()).get("eps").asString()).isEqualTo("8/255");
  }

  @Test
  void aDataSetOfAnotherNameIsAskedFor() throws IOException {
    Path run = run("completed", scenario("mnist", 0.3), 0, STANDARD);

    assertThat(export(run).err()).contains("needs what no run tells; give --dataset");
    assertThat(export(run, "--dataset", "mnist").err())
        .contains("RobustBench has no leaderboard for mnist; its data sets are cifar10, cifar100,");
  }

  @Test
  void missingMetadataAreAskedForAtOnce() throws IOException {
    Path run = run("completed", scenario("cifar10", 8 / 255.0), 0, STANDARD);

    Result result = hone.runHere("export", "robustbench", run.toString(), "--venue", "ICML 2026");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("give --name, --authors, --architecture, --link")
        .doesNotContain("--venue", "--dataset");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clean | clean is no attack but of kind clean; its attacks: aa",
        "ab | there is no result 'ab'; did you mean 'aa'?; its attacks: aa",
      })
  void aStepThatIsNoAttackIsRefused(String step, String problem) throws IOException {
    Path run = run("completed", scenario("cifar10", 8 / 255.0), 0, STANDARD);

    Result result = export(run, "--step", step);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(problem);
  }

  @Test
  void aRunThatDidNotEndIsRefused() throws IOException {
    Result result = export(run("cancelled", scenario("cifar10", 8 / 255.0), 0, STANDARD));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("the run run is cancelled", "--resume");
  }

  @Test
  void aRunWithoutAttacksIsRefused() throws IOException {
    Result result = export(run("completed", scenario("cifar10", 8 / 255.0), 0));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("the run has no attack");
  }

  @Test
  void aFolderThatIsNoRunIsRefused() throws IOException {
    Result result = export(Files.createDirectories(hone.file("empty")));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("holds no summary.json", "a folder that hone run has written");
  }

  @Test
  void resultsOfAnEarlierVersionNeedTheRadius() throws IOException {
    StepSummary old =
        new StepSummary(
            "aa",
            "aa",
            "clean",
            "attack",
            "auto-attack",
            "",
            Map.of(),
            10_000,
            8_703,
            Map.of(),
            Map.of("accuracy", 0.5));
    Path run = run("completed", scenario("cifar10", 8 / 255.0), 0, old);

    Result without = export(run);
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("do not tell within which radius aa worked; give --eps");
    assertThat(export(run, "--eps", "wide").err()).contains("wide is no radius");
    Result with = export(run, "--eps", "8/255");
    assertThat(with.exitCode()).isZero();
    assertThat(with.err()).contains("this attack worked within an unknown norm");
  }

  @Test
  void writesAFileAndReplacesNoneUnasked() throws IOException {
    Path run = run("completed", scenario("cifar10", 8 / 255.0), 0, STANDARD);
    Path file = hone.file("entry.json");

    assertThat(export(run, "--out", file.toString()).exitCode()).isZero();
    assertThat(JsonMapper.shared().readTree(file).get("clean_acc").asString()).isEqualTo("87.03");
    Result again = export(run, "--out", file.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("exists; give --overwrite");
    assertThat(export(run, "--out", file.toString(), "--overwrite").exitCode()).isZero();
  }
}
