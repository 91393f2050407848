package io.hone.engine.check;

import static io.hone.engine.check.CheckFixture.SCENARIO;
import static io.hone.engine.check.CheckFixture.checks;
import static io.hone.engine.check.CheckFixture.flags;
import static io.hone.engine.check.CheckFixture.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.engine.RunResult;
import io.hone.engine.context.Cancellation;
import io.hone.engine.results.CheckResult;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.engine.results.Summary.ExpectationResult;
import io.hone.engine.results.SummaryFile;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that checks its own figures tells which of them cannot be trusted, and why. */
class SelfCheckTest {
  private static final String MODEL = "model: {card: model.exact}";

  @TempDir Path folder;

  private CheckFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new CheckFixture(folder);
  }

  private static String spoilt(String form) {
    return SCENARIO.replace(
        MODEL, "model: {card: model.exact, backend: {use: exact, with: {form: " + form + "}}}");
  }

  /** Returns the scenario with some checks alone. */
  private static String only(String scenario, String... checks) {
    return scenario.replace(
        "{samples: 30}", "{samples: 30, only: [" + String.join(", ", checks) + "]}");
  }

  private static String habit(String habit) {
    return SCENARIO.replace("{use: walk}", "{use: walk, with: {habit: " + habit + "}}");
  }

  @Test
  void nothingSpeaksAgainstASoundModelAndASoundAttack() throws IOException {
    RunResult result = engine.run(SCENARIO, "out");

    assertThat(checks(result, "fail")).isEmpty();
    assertThat(checks(result, "not-applicable")).containsExactly("classes", "transfer");
    assertThat(result.summary().checks()).hasSize(SelfChecks.installed().size());
    assertThat(flags(result, "walk")).isEmpty();
    assertThat(SummaryFile.read(folder.resolve("out")).checks())
        .isEqualTo(result.summary().checks());
    assertThat(engine.states).anyMatch(state -> state.startsWith("check epsilon-sweep of walk"));
  }

  @Test
  void batchesAndThreadsChangeNothing() throws IOException {
    List<CheckResult> first = engine.run(SCENARIO, "a", "run.threads=1").summary().checks();

    assertThat(engine.run(SCENARIO, "b", "run.threads=3", "run.batch=7").summary().checks())
        .isEqualTo(first);
    assertThat(engine.run(SCENARIO, "c", "run.threads=2", "run.batch=1").summary().checks())
        .isEqualTo(first);
  }

  @Test
  void aRunThatIsCancelledWhileItChecksGoesOn() throws IOException {
    List<CheckResult> undisturbed = engine.run(SCENARIO, "a").summary().checks();
    engine.cancelAt("check convergence of walk");

    RunResult cancelled = engine.run(SCENARIO, "b", Existing.REFUSE, new Cancellation());
    engine.cancelAt("");
    RunResult resumed = engine.run(SCENARIO, "b", Existing.RESUME, new Cancellation());

    assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
    assertThat(cancelled.summary().checks()).isEmpty();
    assertThat(resumed.status()).isEqualTo(Status.COMPLETED);
    assertThat(resumed.summary().checks()).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @CsvSource({
    "slopeless, masked-gradient",
    "huge, masked-gradient",
    "constant, masked-gradient",
    "constant, degenerate-logits",
    "indifferent, degenerate-logits",
    "random, not-repeatable",
    "infinite, degenerate-logits"
  })
  void aSpoiltModelIsFlagged(String form, String flag) throws IOException {
    RunResult result =
        engine.run(only(spoilt(form), "determinism", "logits", "gradient-health"), "out");

    assertThat(flags(result, "walk")).contains(flag);
    assertThat(result.summary().steps().get(1).distrusting("accuracy")).isNotEmpty();
  }

  @Test
  void maskedGradientsAreFoundByEveryCheckThatLooksForThem() throws IOException {
    RunResult result = engine.run(spoilt("slopeless"), "out");

    assertThat(checks(result, "fail"))
        .containsExactly(
            "gradient-health", "random-samples", "black-box", "epsilon-sweep", "every-target");
    assertThat(found(result, "gradient-agreement", "walk").state()).isEqualTo("not-applicable");
    assertThat(found(result, "gradient-health", "walk").number()).isEqualTo(1);
    assertThat(flags(result, "clean")).isEmpty();
  }

  @Test
  void aRandomModelFailsByItsRandomnessAlone() throws IOException {
    RunResult result = engine.run(spoilt("random"), "out");

    assertThat(checks(result, "fail")).containsExactly("determinism");
    assertThat(flags(result, "clean")).containsExactly("not-repeatable");
    assertThat(flags(result, "walk")).containsExactly("not-repeatable");
    assertThat(checks(result, "not-applicable")).contains("emitted-images", "silent-success");
  }

  @Test
  void anExampleThatWasMetAndNotReturnedIsCounted() throws IOException {
    RunResult result = engine.run(only(habit("forgetful"), "silent-success"), "out");

    CheckResult missed = found(result, "silent-success", "walk");
    assertThat(missed.state()).isEqualTo("fail");
    assertThat(missed.number()).isGreaterThan(0.1);
    assertThat(flags(result, "walk")).contains("silent-success");
  }

  @Test
  void anImageOutsideTheBallIsFlagged() throws IOException {
    RunResult result = engine.run(only(habit("straying"), "emitted-images"), "out");

    CheckResult outside = found(result, "emitted-images", "walk");
    assertThat(outside.state()).isEqualTo("fail");
    assertThat(outside.number()).isEqualTo(1);
    assertThat(outside.text()).contains("30 leave the ball");
    assertThat(flags(result, "walk")).contains("broken-constraint");
  }

  @Test
  void aRadiusThatSavesSamplesIsFlagged() throws IOException {
    RunResult result = engine.run(only(habit("timid"), "epsilon-sweep"), "out");

    CheckResult sweep = found(result, "epsilon-sweep", "walk");
    assertThat(sweep.state()).isEqualTo("fail");
    assertThat(sweep.number()).isEqualTo(1);
    assertThat(sweep.text()).contains("30 are not even broken at 1");
  }

  @Test
  void tooFewStepsAreNotConverged() throws IOException {
    RunResult result =
        engine.run(
            only(
                SCENARIO.replace("{use: walk}", "{use: walk, with: {steps: 2, step: 0.1}}"),
                "single-step",
                "convergence"),
            "out");

    assertThat(found(result, "convergence", "walk").state()).isEqualTo("fail");
    assertThat(found(result, "single-step", "walk").state()).isEqualTo("fail");
    assertThat(flags(result, "walk")).contains("not-converged", "masked-gradient");
  }

  @Test
  void aSingleStepIsNotExpectedToFindEverything() throws IOException {
    RunResult result =
        engine.run(SCENARIO.replace("{use: walk}", "{use: walk, with: {steps: 1}}"), "out");

    assertThat(checks(result, "fail")).containsExactly("convergence");
    assertThat(found(result, "black-box", "walk").text()).contains("guess breaks");
    assertThat(found(result, "single-step", "walk").state()).isEqualTo("not-applicable");
  }

  @Test
  void anAttackWithoutARadiusIsCheckedAsFarAsPossible() throws IOException {
    RunResult result = engine.run(SCENARIO.replace("{use: walk}", "{use: push}"), "out");

    assertThat(checks(result, "not-applicable"))
        .contains("epsilon-sweep", "convergence", "black-box", "random-samples", "every-target");
    assertThat(found(result, "report", "walk").text()).contains("the norm that");
  }

  @Test
  void aTwinShowsWhatMaskedGradientsHide() throws IOException {
    String scenario =
        spoilt("slopeless")
            .replace("{samples: 30}", "{only: [transfer], twin: {card: twin.exact}}");

    CheckResult transfer = found(engine.run(scenario, "out"), "transfer", "walk");

    assertThat(transfer.state()).isEqualTo("fail");
    assertThat(transfer.text()).contains("made against twin");
  }

  @Test
  void aTwinMustBeAnotherModelOfTheSameClasses() {
    assertThatThrownBy(
            () ->
                engine.run(SCENARIO.replace("{samples: 30}", "{twin: {card: model.exact}}"), "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("scenario.yaml:10")
        .hasMessageContaining("is the very file under test");
    assertThatThrownBy(
            () ->
                engine.run(
                    SCENARIO.replace(
                        "{samples: 30}",
                        "{twin: {card: twin.exact, backend: {use: exact, with: {classes: 4}}}}"),
                    "out"))
        .hasMessageContaining("has 4 classes, but the model under test has 3");
  }

  @Test
  void withoutACorrectSampleNothingIsSaid() throws IOException {
    RunResult result =
        engine.run(SCENARIO.replace("{use: points}", "{use: points, with: {wrong: true}}"), "out");

    assertThat(result.summary().checks())
        .isNotEmpty()
        .allMatch(found -> found.state().equals("not-applicable"))
        .allMatch(found -> found.text().contains("classifies no sample correctly"));
  }

  @Test
  void aModelOfOneClassIsRobustForNoReason() throws IOException {
    RunResult result =
        engine.run(
            spoilt("one-class").replace("{use: points}", "{use: points, with: {classes: 1}}"),
            "out");

    assertThat(found(result, "logits", "clean").state()).isEqualTo("fail");
    assertThat(flags(result, "walk")).contains("degenerate-logits");
  }

  @Test
  void withoutAnAttackTheModelIsChecked() throws IOException {
    RunResult result =
        engine.run(
            SCENARIO.replace("attack: {use: walk}", "defend: {use: darken}, of: clean"), "out");

    assertThat(result.summary().checks())
        .extracting(CheckResult::id)
        .containsExactly("determinism", "probabilities", "logits", "logit-scale");
    assertThat(engine.notices).anyMatch(notice -> notice.contains("look at models only"));
  }

  @Test
  void aFailureHoldsUpExpectationsUnlessItIsAccepted() throws IOException {
    String gated =
        only(spoilt("huge"), "gradient-health")
            + "expect: [walk.success_rate < 0.9, checks.failed == 0]\n";

    assertThat(engine.run(gated, "a").summary().expectations())
        .extracting(ExpectationResult::state)
        .containsExactly("untrusted", "not-met");
    assertThat(
            engine
                .run(gated + "accept: [masked-gradient, no-gradient]\n", "b")
                .summary()
                .expectations())
        .extracting(ExpectationResult::state)
        .containsExactly("met", "not-met");
  }

  @Test
  void expectationsNameFiguresOfChecks() throws IOException {
    RunResult result =
        engine.run(
            only(SCENARIO, "determinism", "transfer", "black-box")
                + "expect: [checks.failed == 0, checks.not_applicable == 1,"
                + " checks.determinism.number <= 1e-4, checks.transfer.number < 1,"
                + " checks.black-box.failed == 0]\n",
            "out");

    assertThat(result.summary().expectations())
        .extracting(ExpectationResult::state)
        .as("a number that nobody measured meets nothing")
        .containsExactly("met", "met", "met", "not-met", "met");
  }

  @Test
  void theCommandLineAsksForChecks() throws IOException {
    String silent = SCENARIO.replace("check: {samples: 30}\n", "");
    ScenarioOptions asked = ScenarioOptions.none().checking();

    assertThat(engine.read(silent, ScenarioOptions.none()).check().wanted()).isFalse();
    assertThat(engine.read(silent, ScenarioOptions.none()).effective()).doesNotContainKey("check");
    assertThat(engine.read(silent, asked).check().samples()).isEqualTo(50);
    assertThat(engine.read(silent + "check: false\n", asked).check().wanted()).isTrue();
    assertThat(engine.read(SCENARIO, asked).check().samples()).isEqualTo(30);
    assertThat(engine.read(silent + "check: {only: [determinism]}\n", asked).check().checks())
        .containsExactly("determinism");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{skip: [determinsm]} | 'skip' names self-checks, and the text 'determinsm' is none; did you mean 'determinism'?",
        "{samples: 0} | 'samples' must be a whole number from 1",
        "{only: [transfer], skip: [transfer]} | 'skip' and 'only' leave no check",
        "maybe | 'check' must be true, false or a mapping, not the text 'maybe'",
        "{sample: 3} | 'check' has no 'sample'; did you mean 'samples'?"
      })
  void aWrongCheckIsRefusedAtItsPlace(String check, String message) {
    assertThatThrownBy(() -> engine.run(SCENARIO.replace("{samples: 30}", check), "out"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("scenario.yaml:10:")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "checks.fail == 0 | the checks have no figure 'fail'; did you mean 'failed'?",
        "checks.transfr.number == 0 | did you mean 'transfer.number'?",
        "checks.transfer == 0 | the checks have no figure 'transfer'"
      })
  void anUnknownFigureOfChecksIsRefused(String expectation, String message) {
    assertThatThrownBy(() -> engine.run(SCENARIO + "expect: [\"" + expectation + "\"]\n", "out"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message);
  }

  @Test
  void figuresOfChecksNeedChecks() {
    assertThatThrownBy(
            () ->
                engine.run(
                    SCENARIO.replace("check: {samples: 30}", "expect: [checks.failed == 0]"),
                    "out"))
        .hasMessageContaining("asks for no checks")
        .hasMessageContaining("--check");
  }

  @Test
  void noStepIsCalledChecks() {
    assertThatThrownBy(() -> engine.run(SCENARIO.replace("id: walk", "id: checks"), "out"))
        .hasMessageContaining("'checks' is the reserved name");
  }
}
