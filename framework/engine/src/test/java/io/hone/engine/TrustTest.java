package io.hone.engine;

import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.engine.context.Cancellation;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.Summary.ExpectationResult;
import io.hone.engine.results.SummaryFile;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that cannot be trusted says so where its figures are read, and holds no gate. */
class TrustTest {
  private static final String GATED =
      EngineFixture.CHAIN
          + "expect: [push.success_rate < 0.5, darken@push.accuracy > 0.1, clean.accuracy > 0.5]\n";

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  @Test
  void zeroGradientsAreNoRobustness() throws IOException {
    RunResult result = engine.run(engine.scenario(flat(100)), "out");

    StepSummary push = step(result, "push");
    assertThat(push.reasons()).isEqualTo(Map.of("no-gradient", 85L));
    assertThat(push.trust())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.code()).isEqualTo("no-gradient");
              assertThat(flag.samples()).isEqualTo(85);
              assertThat(flag.text())
                  .contains("samples of push failed", "saturated", "with its logits")
                  .contains("attack that needs labels only");
              assertThat(flag.accepted()).isFalse();
            });
    assertThat(states(result)).containsExactly("untrusted", "untrusted", "met");
    assertThat(result.summary().expectations().get(0).met()).isFalse();
    assertThat(result.summary().expectations().get(0).trust()).containsExactly("no-gradient");
    assertThat(result.expectationsMet()).isFalse();
    assertThat(SummaryFile.read(folder.resolve("out"))).isEqualTo(plain(result));
  }

  @Test
  void flagsCarryOverToWhateverReceivedTheImages() throws IOException {
    RunResult result = engine.run(engine.scenario(flat(100)), "out");

    assertThat(codes(result, "restore")).containsExactly("no-gradient");
    assertThat(codes(result, "darken@push")).containsExactly("no-gradient");
    assertThat(codes(result, "darken@restore")).containsExactly("no-gradient");
    assertThat(codes(result, "clean")).isEmpty();
    assertThat(codes(result, "darken@clean")).isEmpty();
    // A defense does not repeat the reasons of the attack as its own.
    assertThat(step(result, "darken@push").reasons()).isEmpty();
    // What an attack failed at says nothing of clean images.
    assertThat(step(result, "darken@push").distrusting("clean_accuracy")).isEmpty();
    assertThat(step(result, "darken@push").distrusting("recovery_rate")).hasSize(1);
    assertThat(step(result, "push").distrusting("queries.gradient")).isEmpty();
  }

  @Test
  void anImproverWithoutADirectionIsTold() throws IOException {
    // Attacked without a gradient, only the images that were misclassified before are successes.
    String scenario =
        flat(100)
            .replace("attack: {use: push}", "attack: {use: push}, samples: all")
            .replace("improve: {use: restore}", "improve: {use: steep}");
    StepSummary restore = step(engine.run(engine.scenario(scenario), "out"), "restore");

    assertThat(restore.reasons()).isEqualTo(Map.of("no-gradient", 15L));
    assertThat(restore.trust())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.code()).isEqualTo("no-gradient");
              assertThat(flag.samples()).isEqualTo(15);
              assertThat(flag.text())
                  .contains("samples of restore were improved without a direction")
                  .contains("samples of push failed");
            });
  }

  @Test
  void aMatrixTellsTheSameAtEveryPoint() throws IOException {
    String scenario = flat(100).replaceAll("(?s)expect:.*", "");
    RunResult result =
        engine.run(
            engine.scenario(scenario + "matrix: {steps.push.attack.with.size: [0.2, 0.3]}\n"),
            "out");

    assertThat(result.summary().steps())
        .filteredOn(step -> step.id().equals("push"))
        .hasSize(2)
        .allSatisfy(step -> assertThat(step.trust()).hasSize(1))
        .extracting(step -> step.trust().get(0).text())
        .allMatch(text -> text.startsWith("Attempted samples of push failed"))
        .containsOnly(step(result, "push[size=0.2]").trust().get(0).text());
  }

  @Test
  void aDefenseThatAnswersWithNanSavesNothing() throws IOException {
    String gate = "expect: [darken@push.success_rate < 0.9, push.success_rate > 0]\n";
    String spoiling = "{use: darken, with: {spoilt: 1050}}";
    RunResult result =
        engine.run(
            engine.scenario(EngineFixture.CHAIN.replace("{use: darken}", spoiling) + gate), "out");

    assertThat(codes(result, "darken@clean")).containsExactly("nan");
    assertThat(step(result, "darken@clean").reasons()).isEqualTo(Map.of("nan", 50L));
    assertThat(step(result, "darken@push").trust())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.samples()).isEqualTo(50);
              assertThat(flag.text()).startsWith("Images of darken got no class").contains("NaN");
            });
    assertThat(step(result, "darken@clean").skipped()).isEmpty();
    assertThat(step(result, "darken@push").skipped()).isEqualTo(step(result, "push").skipped());
    assertThat(codes(result, "push")).isEmpty();
    assertThat(states(result)).containsExactly("untrusted", "met");
    assertThat(Files.readAllLines(folder.resolve("out/samples.csv")))
        .as("a skipped sample stays skipped")
        .anyMatch(row -> row.matches("darken@push,1070,.*,-1,.*,misclassified,.*"))
        .anyMatch(row -> row.matches("darken@push,1071,.*,-1,.*,nan,.*"));
  }

  @Test
  void aFewImagesWithoutAClassAreANotice() throws IOException {
    String spoiling = "{use: darken, with: {spoilt: 1099}}";
    RunResult result =
        engine.run(engine.scenario(EngineFixture.CHAIN.replace("{use: darken}", spoiling)), "out");

    assertThat(codes(result, "darken@clean")).isEmpty();
    assertThat(result.summary().notices())
        .anyMatch(notice -> notice.startsWith("darken@clean: 1 of 100 images got no class"));
  }

  @Test
  void aDefenseThatLeavesTheRangeIsADefect() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                EngineFixture.CHAIN.replace("{use: darken}", "{use: darken, with: {factor: 3}}")),
            "out");

    assertThat(result.summary().error())
        .contains("defense darken of step darken@", "feature", "be in [0, 1]", "defect");
  }

  @Test
  void anAcceptedFlagIsShownAndHoldsNothingUp() throws IOException {
    RunResult result = engine.run(engine.scenario(flat(100) + "accept: [no-gradient]\n"), "out");

    assertThat(states(result)).containsOnly("met");
    assertThat(result.expectationsMet()).isTrue();
    assertThat(result.summary().expectations().get(0).trust()).containsExactly("no-gradient");
    assertThat(step(result, "push").trust()).allMatch(Distrust::accepted).hasSize(1);
  }

  @Test
  void acceptingOneFlagDoesNotAcceptAnother() throws IOException {
    RunResult result = engine.run(engine.scenario(flat(100) + "accept: [nan]\n"), "out");

    assertThat(states(result)).startsWith("untrusted");
  }

  @Test
  void aFewZeroGradientsAreANotice() throws IOException {
    // Samples 1000 and 1001: the first is misclassified, so 1 of 171 attempted samples fails.
    RunResult result =
        engine.run(engine.scenario(flat(2).replace("size: 100", "size: 200")), "out");

    assertThat(step(result, "push").reasons()).containsEntry("no-gradient", 1L);
    assertThat(step(result, "push").trust()).isEmpty();
    assertThat(result.summary().notices()).anyMatch(notice -> notice.contains("push: 1 of 171"));
    assertThat(engine.notices).anyMatch(notice -> notice.contains("push: 1 of 171"));
    assertThat(result.summary().expectations().get(0).trust()).isEmpty();
  }

  @Test
  void oneInAHundredIsNotMoreThanOnePercent() throws IOException {
    String scenario = flat(2).replace("size: 100", "size: 117");
    RunResult result = engine.run(engine.scenario(scenario), "out");

    assertThat(step(result, "push").attempted()).isEqualTo(100);
    assertThat(step(result, "push").trust()).isEmpty();
    assertThat(codes(engine.run(engine.scenario(scenario, "dataset.with.size=116"), "o"), "push"))
        .containsExactly("no-gradient");
  }

  @Test
  void whatIsNotAsExpectedFailsAsEver() throws IOException {
    RunResult result =
        engine.run(engine.scenario(flat(100).replace("rate < 0.5", "rate > 0.5")), "out");

    assertThat(states(result)).startsWith("not-met");
  }

  @Test
  void accuracyAgainstTheModelsOwnLabelsIsNoAccuracy() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(GATED.replace("size: 100", "size: 100, labelled: false")), "out");

    assertThat(step(result, "clean").metrics()).containsEntry("accuracy", 1.0);
    assertThat(codes(result, "clean")).containsExactly("own-labels");
    assertThat(step(result, "clean").trust().get(0).samples()).isEqualTo(100);
    assertThat(step(result, "clean").trust().get(0).text()).contains("no labels");
    assertThat(step(result, "push").distrusting("success_rate")).isEmpty();
    assertThat(states(result).get(2)).isEqualTo("untrusted");
    assertThat(engine.notices).anyMatch(notice -> notice.contains("own predictions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-repeatable", "assumed-input", "assumed-output", "assumed-labels"})
  void whatConcernsTheModelConcernsEveryFigure(String code) throws IOException {
    String scenario = GATED.replace("use: push", "use: push, with: {doubt: " + code + "}");

    RunResult result = engine.run(engine.scenario(scenario), "out");
    assertThat(result.summary().steps()).allMatch(step -> step.trust().get(0).code().equals(code));
    assertThat(states(result)).doesNotContain("met");

    assertThat(states(engine.run(engine.scenario(scenario + "accept: [" + code + "]\n"), "o")))
        .doesNotContain("untrusted");
  }

  @Test
  void aComponentsOwnFlagIsAcceptedByItsName() throws IOException {
    String scenario = GATED.replace("use: push", "use: push, with: {doubt: push.cold}");

    assertThat(states(engine.run(engine.scenario(scenario), "out"))).contains("untrusted");
    assertThat(states(engine.run(engine.scenario(scenario + "accept: [push.cold]\n"), "o")))
        .doesNotContain("untrusted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-gradiant", "push", "nobody.knows", "3", "push."})
  void onlyKnownFlagsAreAccepted(String code) {
    assertThatThrownBy(() -> engine.scenario(GATED + "accept: [" + code + "]\n"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("'accept' names flags of trust")
        .hasMessageContaining("known: no-gradient, nan, not-repeatable");
  }

  @Test
  void aMisspeltFlagIsGuessed() {
    assertThatThrownBy(() -> engine.scenario(GATED + "accept: [no-gradiant]\n"))
        .hasMessageContaining("did you mean 'no-gradient'?");
  }

  @Test
  void accuracyOfAGuessIsAnAssumptionAboutTheInputWithoutACard() throws IOException {
    RunResult result = engine.run(engine.scenario(with("scrambled: true")), "out");

    assertThat(codes(result, "clean")).containsExactly("assumed-input");
    assertThat(codes(result, "push")).contains("assumed-input");
    assertThat(result.summary().notices())
        .anyMatch(
            notice ->
                notice.contains("0 of 100 clean images")
                    && notice.contains("guessing among 3 classes")
                    && notice.contains("BGR")
                    && notice.contains("hone model card linear.model"));
  }

  @Test
  void fewImagesDoNotTellAGuessFromAModel() throws IOException {
    RunResult result =
        engine.run(engine.scenario(with("scrambled: true"), "dataset.take=2"), "out");

    assertThat(codes(result, "clean")).isEmpty();
  }

  @Test
  void aSoundModelIsNoGuess() throws IOException {
    RunResult result = engine.run(engine.scenario(GATED), "out");

    assertThat(result.summary().steps()).allMatch(step -> step.trust().isEmpty());
    assertThat(result.summary().notices()).isEmpty();
  }

  @Test
  void theFirstImagesOfASortedDataSetAreANotice() throws IOException {
    engine.run(engine.scenario(with("sorted: true"), "dataset.take=20"), "out");

    assertThat(engine.notices)
        .singleElement()
        .asString()
        .contains("20 images of this run hold")
        .contains("of the model's 3 classes")
        .contains("select: {per-class: 6}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sorted: false, size: 20", "sorted: true", "sorted: true, size: 20"})
  void imagesOfAllClassesAreNone(String data) throws IOException {
    engine.run(engine.scenario(with(data)), "out");

    assertThat(engine.notices).noneMatch(notice -> notice.contains("per-class"));
  }

  @Test
  void aResumedRunKnowsTheReasonsOfItsFirstPart() throws IOException {
    Cancellation cancellation = new Cancellation();
    AtomicLong done = new AtomicLong();
    engine.run(engine.scenario(flat(100)), "reference");
    engine.run(
        engine.scenario(flat(100)),
        "out",
        Existing.REFUSE,
        cancellation,
        units -> {
          if (done.addAndGet(units) > 200) {
            cancellation.cancel();
          }
        });
    RunResult resumed =
        engine.run(
            engine.scenario(flat(100)), "out", Existing.RESUME, new Cancellation(), units -> {});

    assertThat(step(resumed, "push").reasons()).isEqualTo(Map.of("no-gradient", 85L));
    assertThat(new ResultDiff(folder.resolve("reference"), folder.resolve("out")).differences())
        .isEmpty();
  }

  @Test
  void flagsAreComparedByTheirCode() throws IOException {
    engine.run(engine.scenario(flat(100)), "flat");
    engine.run(
        engine.scenario(flat(100).replace("use: push", "use: push, with: {doubt: assumed-input}")),
        "doubtful");

    assertThat(new ResultDiff(folder.resolve("flat"), folder.resolve("doubtful")).differences())
        .anyMatch(line -> line.startsWith("summary.json/steps/1/trust/assumed-input: absent / "))
        .noneMatch(line -> line.contains("/trust/no-gradient"));
  }

  @Test
  void resultsOfAnEarlierVersionAreStillRead() throws IOException {
    engine.run(engine.scenario(GATED), "now");
    engine.run(engine.scenario(GATED), "before");
    Path file = folder.resolve("before/summary.json");
    String written = Files.readString(file);
    String old =
        written
            .replaceAll("(?s),\\s*\"trust\" : \\[ *\\]", "")
            .replaceAll(",\\s*\"state\" : \"[a-z-]*\"", "")
            .replaceAll("(?s),\\s*\"reasons\" : \\{[^}]*\\}", "")
            .replaceAll(",\\s*\"accept\" : \\[ *\\]", "");
    assertThat(old).doesNotContain("\"trust\"", "\"state\"", "\"accept\"", "\"reasons\"");
    Files.writeString(file, old);

    Summary read = SummaryFile.read(folder.resolve("before"));

    assertThat(read.steps()).allMatch(step -> step.trust().isEmpty());
    assertThat(read.expectations()).noneMatch(ExpectationResult::untrusted);
    assertThat(read.expectations().get(2).state()).isEqualTo("met");
    assertThat(new ResultDiff(folder.resolve("now"), folder.resolve("before")).differences())
        .allMatch(line -> line.contains("/reasons"));
  }

  private static String flat(int samples) {
    return GATED.replace(
        "{card: linear.model}",
        "{card: linear.model, backend: {use: linear, with: {flat: " + samples + "}}}");
  }

  private static String with(String data) {
    return data.contains("size")
        ? GATED.replace("size: 100", data)
        : GATED.replace("size: 100", "size: 100, " + data);
  }

  /** Returns what a file holds of a summary: numbers of a scenario may come back as other types. */
  private Summary plain(RunResult result) throws IOException {
    SummaryFile.write(result.summary(), Files.createDirectories(folder.resolve("again")));
    return SummaryFile.read(folder.resolve("again"));
  }

  private static List<String> states(RunResult result) {
    return result.summary().expectations().stream().map(ExpectationResult::state).toList();
  }

  private static List<String> codes(RunResult result, String step) {
    return step(result, step).trust().stream().map(Distrust::code).toList();
  }
}
