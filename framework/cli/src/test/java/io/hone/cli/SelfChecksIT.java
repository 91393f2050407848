package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.Hone;
import io.hone.RunSettings;
import io.hone.api.BadInputException;
import io.hone.cli.TemplateNetwork.Kind;
import io.hone.engine.RunResult;
import io.hone.engine.results.CheckResult;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.StepSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The self-checks find what is wrong with synthetic offenders, and nothing in plain networks. */
class SelfChecksIT {
  private static Hone hone;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    hone = InstalledHone.builder().open();
  }

  @AfterAll
  static void close() {
    hone.close();
  }

  private RunResult run(int classes, Kind kind, String attack) throws IOException {
    TemplateNetwork network = new TemplateNetwork(classes);
    network.writeImages(folder, 48);
    Path model = network.writeModel(folder, kind);
    Path scenario =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            hone: 1
            name: checked
            dataset: {use: numpy, with: {images: images.npy, labels: labels.npy}}
            model: {card: %s}
            run: {threads: 2}
            steps:
              - {id: attack, attack: %s}
            save: none
            check: {samples: 24}
            """
                .formatted(model.getFileName(), attack));
    return hone.run(scenario, RunSettings.usual().into(folder.resolve("out")));
  }

  private RunResult run(int classes, Kind kind) throws IOException {
    return run(classes, kind, "{use: pgd, with: {epsilon: 0.25, steps: 20}}");
  }

  private static List<String> flags(RunResult result) {
    return result.summary().steps().stream()
        .map(StepSummary::trust)
        .flatMap(List::stream)
        .map(Distrust::code)
        .distinct()
        .toList();
  }

  private static List<String> failed(RunResult result) {
    return result.summary().checks().stream()
        .filter(found -> found.state().equals("fail"))
        .map(CheckResult::id)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void plainNetworksRaiseNothing(int classes) throws IOException {
    RunResult result = run(classes, Kind.PLAIN);

    assertThat(failed(result)).isEmpty();
    assertThat(flags(result)).isEmpty();
  }

  /** The table of docs/self-checks.md. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STEEP_INPUT     | no-gradient, masked-gradient | gradient-health, black-box, epsilon-sweep, every-target",
        "HUGE_LOGITS     | no-gradient, masked-gradient | gradient-health, black-box, epsilon-sweep",
        "RANDOM          | not-repeatable               | determinism",
        "SOFTMAX_KEPT    | probabilities-as-logits      | probabilities",
        "QUANTISED_INPUT | no-gradient, masked-gradient | gradient-health, black-box, epsilon-sweep",
      })
  void eachOffenderRaisesExactlyItsFlags(Kind kind, String flags, String checks)
      throws IOException {
    RunResult result = run(4, kind);

    assertThat(flags(result)).containsExactlyInAnyOrder(flags.split(", "));
    assertThat(failed(result)).containsExactly(checks.split(", "));
  }

  @Test
  void hugeLogitsDoNotMisleadAnAttackByAMargin() throws IOException {
    RunResult result =
        run(4, Kind.HUGE_LOGITS, "{use: pgd, with: {epsilon: 0.25, steps: 20, loss: margin}}");

    assertThat(flags(result)).isEmpty();
    assertThat(result.summary().checks())
        .filteredOn(found -> found.id().equals("logit-scale"))
        .allMatch(found -> found.state().equals("warn"));
  }

  @Test
  void roundingWithoutAnyGradientIsRefusedBeforeTheRun() {
    assertThatThrownBy(() -> run(4, Kind.ROUNDED_INPUT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("pgd needs gradients, but the model offers scores only");
  }

  @Test
  void aConstantModelIsNoRobustOne() throws IOException {
    assertThat(flags(run(4, Kind.CONSTANT)))
        .containsExactlyInAnyOrder("no-gradient", "masked-gradient", "degenerate-logits");
  }
}
