package io.hone.engine.step.evaluate;

import static io.hone.engine.EngineFixture.figure;
import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.engine.EngineFixture;
import io.hone.engine.RunResult;
import io.hone.engine.results.StepSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateStepTest {
  private static final String TRANSFER =
      """
      hone: 1
      name: transfer
      seed: 3
      dataset: {use: noise, with: {size: 100}}
      model: {card: linear.model}
      run: {batch: 16, threads: 2}
      steps:
        - {id: push, attack: {use: push, with: {size: 0.15}}}
        - id: transfer
          evaluate: {card: linear.model, backend: {use: linear, with: {tilt: 0.2}}}
          of: [clean, push]
      """;

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  /** A row of samples.csv by the names of its columns. */
  private List<Map<String, String>> rows(String step) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("out/samples.csv"));
    String[] header = lines.get(0).split(",");
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .filter(cells -> cells[0].equals(step))
        .map(
            cells -> {
              Map<String, String> row = new HashMap<>();
              for (int column = 0; column < header.length; column++) {
                row.put(header[column], cells[column]);
              }
              return row;
            })
        .toList();
  }

  @Test
  void countsWhatTransfersAmongTheSamplesThatTheOtherModelGetsRight() throws IOException {
    RunResult result = engine.run(engine.scenario(TRANSFER), "out");

    List<Map<String, String>> clean = rows("transfer@clean");
    List<Map<String, String>> pushed = rows("push");
    List<Map<String, String>> shown = rows("transfer@push");
    int attempted = 0;
    int met = 0;
    int ofSuccesses = 0;
    int metOfSuccesses = 0;
    int leftOut = 0;
    for (int row = 0; row < 100; row++) {
      boolean right = clean.get(row).get("predicted").equals(clean.get(row).get("label"));
      boolean fooled = !shown.get(row).get("predicted").equals(shown.get(row).get("label"));
      if (!pushed.get(row).get("attempted").equals("true")) {
        assertThat(shown.get(row).get("attempted")).isEqualTo("false");
      } else if (!right) {
        leftOut++;
        assertThat(shown.get(row)).containsEntry("reason", "wrong-on-clean");
      } else {
        attempted++;
        met += fooled ? 1 : 0;
        if (pushed.get(row).get("success").equals("true")) {
          ofSuccesses++;
          metOfSuccesses += fooled ? 1 : 0;
        }
      }
    }
    assertThat(leftOut).isPositive();
    assertThat(metOfSuccesses).isPositive().isLessThan(ofSuccesses);
    StepSummary transfer = step(result, "transfer@push");
    assertThat(transfer.attempted()).isEqualTo(attempted);
    assertThat(transfer.skipped()).containsEntry("wrong-on-clean", (long) leftOut);
    assertThat(figure(result, "transfer@push", "transfer_rate.all"))
        .isEqualTo((double) met / attempted, within(1e-12));
    assertThat(figure(result, "transfer@push", "success_rate"))
        .isEqualTo(figure(result, "transfer@push", "transfer_rate.all"), within(1e-12));
    assertThat(figure(result, "transfer@push", "transfer_rate.successes"))
        .isEqualTo((double) metOfSuccesses / ofSuccesses, within(1e-12));
    assertThat(figure(result, "transfer@push", "transfer_rate.left_out")).isEqualTo(leftOut);
  }

  @Test
  void tellsTheAccuracyOfTheOtherModelOnCleanImages() throws IOException {
    RunResult result = engine.run(engine.scenario(TRANSFER), "out");

    assertThat(step(result, "transfer@clean").attempted()).isZero();
    assertThat(figure(result, "transfer@clean", "accuracy"))
        .isEqualTo(figure(result, "transfer@push", "clean_accuracy"))
        .isLessThan(figure(result, "clean", "accuracy"));
    assertThat(figure(result, "transfer@clean", "transfer_rate.all")).isNaN();
    assertThat(step(result, "transfer@push").use()).isEqualTo("linear.model");
  }

  @Test
  void whatWasMadeAgainstTheVeryModelTransfersWhole() throws IOException {
    RunResult result = engine.run(engine.scenario(TRANSFER.replace("tilt: 0.2", "tilt: 0")), "out");

    assertThat(figure(result, "transfer@push", "transfer_rate.successes")).isEqualTo(1);
    assertThat(figure(result, "transfer@push", "transfer_rate.all"))
        .isEqualTo(figure(result, "push", "success_rate"), within(1e-12));
    assertThat(figure(result, "transfer@push", "transfer_rate.left_out")).isZero();
  }

  @Test
  void variesTheOtherModelAlongAnAxis() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                TRANSFER + "matrix: {steps.transfer.evaluate.backend.with.tilt: [0, 0.2]}\n"),
            "out");

    assertThat(figure(result, "transfer@push[tilt=0]", "transfer_rate.successes")).isEqualTo(1);
    assertThat(figure(result, "transfer@push[tilt=0.2]", "transfer_rate.successes")).isLessThan(1);
  }

  @Test
  void aFlagOfTheOtherModelSpeaksAgainstWhatItWasShownAlone() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(TRANSFER.replace("tilt: 0.2", "tilt: 0.2, doubt: assumed-input")),
            "out");

    assertThat(step(result, "transfer@push").trust()).hasSize(1);
    assertThat(step(result, "transfer@clean").trust()).hasSize(1);
    assertThat(step(result, "push").trust()).isEmpty();
    assertThat(step(result, "clean").trust()).isEmpty();
    assertThat(result.summary().notices()).contains("Nobody knows.");
  }

  @Test
  void anAnswerThatIsNaNIsNoTransfer() throws IOException {
    RunResult result =
        engine.run(
            engine.scenario(
                TRANSFER
                    .replace("tilt: 0.2", "tilt: 0.01, nan: true")
                    .replace("size: 100", "size: 20")),
            "out");

    assertThat(rows("transfer@push").get(5)).containsEntry("predicted", "-1");
    assertThat(rows("transfer@push").get(5)).containsEntry("success", "false");
    assertThat(step(result, "transfer@push").trust())
        .singleElement()
        .satisfies(flag -> assertThat(flag.text()).contains("the other model answered with NaN"));
  }

  @Test
  void doubtsAModelThatGuessesOnCleanImages() throws IOException {
    RunResult result =
        engine.run(engine.scenario(TRANSFER.replace("tilt: 0.2", "tilt: 50")), "out");

    assertThat(step(result, "transfer@push").trust())
        .singleElement()
        .satisfies(
            flag ->
                assertThat(flag.text()).contains("the model linear classifies", "than guessing"));
    assertThat(step(result, "push").trust()).isEmpty();
  }

  @Test
  void saysThatExamplesShownToTheirOwnModelTellNothingOfTransfer() throws IOException {
    RunResult result = engine.run(engine.scenario(TRANSFER), "out");

    assertThat(result.summary().notices())
        .singleElement()
        .asString()
        .contains("step transfer were made against the very file", "linear.model");
  }

  @Test
  void tellsWhatDoesNotFitAtTheValueOfTheAxis() throws IOException {
    Path card = Files.createDirectories(folder.resolve("denoiser"));
    Files.writeString(card.resolve("linear.model"), "linear");
    Files.writeString(card.resolve("model.yaml"), "file: linear.model\ntask: image-to-image\n");
    String yaml = TRANSFER + "matrix: {steps.transfer.evaluate.card: [linear.model, denoiser]}\n";

    assertThatThrownBy(() -> engine.run(engine.scenario(yaml), "out"))
        .hasMessageContaining("scenario.yaml:12:55: ")
        .hasMessageContaining("name another model, or correct 'task' on the card");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classes: 4 | the model linear has 4 classes, but the model under test has 3",
        "width: 5 | the images are 1x3x4, but the model linear takes"
      })
  void refusesAModelThatCannotBeComparedAtItsPlace(String parameter, String message)
      throws IOException {
    String yaml = TRANSFER.replace("tilt: 0.2", parameter);

    assertThatThrownBy(() -> engine.run(engine.scenario(yaml), "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("scenario.yaml:10:")
        .hasMessageContaining(message);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "of: transfer | 'transfer' cannot receive its own result",
        "of: other | 'other' is an evaluation",
        "goal: untargeted | 'goal' belongs to an attack",
        "norm: l2 | 'norm' belongs to a combination",
        "grid: 8bit | 'grid' belongs to an attack or improver"
      })
  void refusesWhatMeansNothing(String key, String message) {
    String yaml =
        TRANSFER.substring(0, TRANSFER.indexOf("  - id: transfer"))
            + "  - {id: other, evaluate: {card: linear.model}}\n"
            + "  - {id: transfer, evaluate: {card: linear.model}, "
            + key
            + "}\n";

    assertThatThrownBy(() -> engine.scenario(yaml)).hasMessageContaining(message);
  }
}
