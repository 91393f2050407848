package io.hone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.train.ComponentUse;
import io.hone.api.train.StartingModel;
import io.hone.api.train.TrainingChoices;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.host.component.ComponentKind;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scenario says beside a trainer reaches it, and is checked before the first example. */
class TrainingChoicesTest {
  private static final String HARDEN =
      """
      hone: 1
      name: tiny
      train:
        use: learner
        with: {pairs: attacked}
        engine: quick
        shards: 4
        model: {card: start, weights: fresh}
        only: [last, "conv*"]
        attack: {use: jitter, with: {size: 0.25}}
      data: {dataset: {use: noise, with: {size: 60}}}
      out: made
      """;

  private static final String CARD =
      """
      name: given
      file: linear.model
      task: classifier
      input: {channels: 1, height: 3, width: 4}
      output: {kind: logits, classes: 5}
      """;

  @TempDir Path folder;

  private TrainingSetup setup;

  @BeforeEach
  void setUp() throws IOException {
    setup = new TrainingSetup(folder);
    setup.install(ComponentKind.ATTACK, new TargetedOnly());
    card(CARD);
  }

  private void card(String yaml) throws IOException {
    Files.createDirectories(folder.resolve("start"));
    Files.writeString(folder.resolve("start/model.yaml"), yaml);
    Files.writeString(folder.resolve("start/linear.model"), "linear");
  }

  @Test
  void theTrainerIsToldWhatTheScenarioSays() throws IOException {
    setup.with(HARDEN, (runner, scenario) -> runner.train(scenario, false));

    TrainingChoices choices = setup.learner().task().choices();
    assertThat(choices.engine()).contains("quick");
    assertThat(choices.device()).isEmpty();
    assertThat(choices.shards()).hasValue(4);
    StartingModel start = choices.model().orElseThrow();
    assertThat(start.card().name()).isEqualTo("given");
    assertThat(start.card().file()).isEqualTo(folder.resolve("start/linear.model"));
    assertThat(start.weights()).isEqualTo(StartingModel.Weights.FRESH);
    assertThat(start.only()).containsExactly("last", "conv*");
    assertThat(choices.attack()).contains(ComponentUse.attack("jitter", Map.of("size", 0.25)));
  }

  @Test
  void theTrainerAndTheCardAreToldTheDevice() throws IOException {
    setup.with(
        HARDEN.replace("data:", "  device: far\ndata:"),
        (runner, scenario) ->
            assertThat(runner.train(scenario, false).training()).containsEntry("device", "far"));

    assertThat(setup.learner().task().choices().device()).contains("far");
  }

  @Test
  void theCardTellsTheDeviceThatWasUsed() throws IOException {
    setup.learner().notes(Map.of("device", "near"));
    setup.with(
        HARDEN.replace("data:", "  device: far\ndata:"),
        (runner, scenario) ->
            assertThat(runner.train(scenario, false).training()).containsEntry("device", "near"));
  }

  @Test
  void theModelTellsTheClasses() throws IOException {
    setup.with(HARDEN, (runner, scenario) -> runner.train(scenario, false));

    assertThat(setup.learner().classes()).isEqualTo(5);
    assertThat(setup.learner().task().classes()).isEqualTo(5);
  }

  @Test
  void theAttackOfTheScenarioWorksOnBatches() throws IOException {
    Tensor weak = attacked(HARDEN.replace("0.25", "0.0"));
    Tensor strong = attacked(HARDEN);

    assertThat(weak.rows()).isEqualTo(strong.rows());
    for (int row = 0; row < weak.rows(); row++) {
      for (int feature = 0; feature < weak.rowSize(); feature++) {
        float clean = weak.get(row, feature);
        assertThat(strong.get(row, feature)).isBetween(0.75f * clean - 1e-6f, clean);
      }
    }
    assertThat(strong.row(0)).isNotEqualTo(weak.row(0));
  }

  private Tensor attacked(String yaml) throws IOException {
    setup.with(yaml, (runner, scenario) -> runner.train(scenario, false));
    return setup.learner().attacked();
  }

  @Test
  void theCardKeepsWhatTheScenarioSays() throws IOException {
    setup.with(
        HARDEN,
        (runner, scenario) -> {
          Map<String, Object> training = runner.train(scenario, false).training();
          StartingModel start = setup.learner().task().choices().model().orElseThrow();
          assertThat(training)
              .containsEntry("component", "learner")
              .containsEntry("parameters", scenario.trainer().effective())
              .containsEntry("engine", "quick")
              .containsEntry("shards", 4)
              .containsEntry(
                  "model",
                  Map.of("name", "given", "sha256", start.card().sha256(), "weights", "fresh"))
              .containsEntry("only", List.of("last", "conv*"))
              .containsEntry("attack", Map.of("use", "jitter", "with", Map.of("size", 0.25)));
        });
  }

  @Test
  void aScenarioThatSaysNothingMoreLeavesNothingMoreOnTheCard() throws IOException {
    setup.with(
        """
        hone: 1
        name: tiny
        train: learner
        data: {dataset: {use: noise, with: {size: 60}}}
        out: made
        """,
        (runner, scenario) -> {
          ModelCard card = runner.train(scenario, false);
          assertThat(card.training())
              .containsOnlyKeys(
                  "component",
                  "parameters",
                  "scenario",
                  "seed",
                  "data",
                  "training_examples",
                  "validation_examples",
                  "layers",
                  "figures");
          assertThat(setup.learner().task().choices()).isEqualTo(TrainingChoices.usual());
          assertThat(setup.learner().task().classes()).isEqualTo(3);
        });
  }

  @Test
  void aBareFileNeedsNoCard() throws IOException {
    setup.with(
        HARDEN.replace("card: start, weights: fresh", "card: linear.model"),
        (runner, scenario) -> runner.train(scenario, false));

    StartingModel start = setup.learner().task().choices().model().orElseThrow();
    assertThat(start.card().file()).isEqualTo(folder.resolve("linear.model"));
    assertThat(start.weights()).isEqualTo(StartingModel.Weights.KEPT);
    assertThat(setup.learner().task().classes()).isEqualTo(3);
  }

  @Test
  void labelsAndSizesOfImagesFollowTheModel() throws IOException {
    card(
        CARD.replace("height: 3", "height: 6")
            .replace("classes: 5", "names: [cat, bee, ant, cow]"));
    String yaml =
        HARDEN
            .replace(
                "{use: noise, with: {size: 60}}", "{use: named-classes, with: {names: [ant, bee]}}")
            .concat("validation: {use: named-classes, with: {names: [cow, cat]}}\n");
    setup.with(
        yaml,
        (runner, scenario) -> {
          TrainingExamples examples = runner.makeExamples(scenario);
          assertThat(examples.training().inputs().shape()).containsExactly(2, 1, 6, 4);
          assertThat(examples.training().targets().get(0, 0)).isEqualTo(2);
          assertThat(examples.training().targets().get(1, 0)).isEqualTo(1);
          assertThat(examples.validation().targets().get(0, 0)).isEqualTo(3);
          assertThat(examples.validation().targets().get(1, 0)).isEqualTo(0);
        });
    assertThat(setup.learner().classes()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  model: {card: linear.model}\n  steps: [{id: push, attack: push}]\n"})
  void theImagesTellTheShapeThatAFileLeavesOpen(String chain) throws IOException {
    setup.installFirst(ComponentKind.BACKEND, new FlatModels());
    Files.writeString(folder.resolve("theirs.flat"), "flat");
    setup.with(
        HARDEN
            .replace("card: start", "card: theirs.flat")
            .replace(
                "data: {dataset: {use: noise, with: {size: 60}}}\n",
                "data:\n  dataset: {use: noise, with: {size: 60}}\n" + chain),
        (runner, scenario) -> runner.train(scenario, false));

    ModelCard.Input input = setup.learner().task().choices().model().orElseThrow().card().input();
    assertThat(input.sizes()).isEqualTo("1x3x4");
  }

  static List<Arguments> mistakes() {
    String chain = "data: {dataset: {use: noise, with: {size: 60%s}}, model: {card: linear.model}}";
    String data = "data: {dataset: {use: noise, with: {size: 60}}}";
    return List.of(
        Arguments.of(
            CARD.replace("classes: 5", "classes: 2"), "", "", "11:17: label 2 of sample 10"),
        Arguments.of(
            CARD.replace("classes: 5", "classes: 2"),
            data,
            chain.formatted(""),
            "11:17: label 2 of sample 10"),
        Arguments.of(
            CARD.replace("classes: 5", "classes: 2"),
            data,
            chain.formatted(", labelled: false"),
            "11:17: sample 1000 has no label, and data.model would give it one of 3 classes, but given has 2"),
        Arguments.of(
            CARD,
            "out: made",
            "validation: {use: noise, with: {shift: 3}}\nout: made",
            "12:13: label 5 of sample 10"),
        Arguments.of(
            CARD,
            "out: made",
            "test: {use: noise, with: {shift: 4}}\nout: made",
            "12:7: label 6 of sample 10"),
        Arguments.of(
            CARD.replace("width: 4", "width: 5"),
            "",
            "",
            "11:17: the images of data set noise are 1x3x4, but the model given takes 1x3x5"),
        Arguments.of(
            CARD.replace("channels: 1", "channels: 3"),
            data,
            chain.formatted(""),
            "11:17: the images of data set noise are 1x3x4, but the model given takes 3x3x4"),
        Arguments.of(
            CARD.replace("task: classifier", "task: image-to-image")
                .replace("{kind: logits, classes: 5}", "{kind: image}"),
            "",
            "",
            "8:17: "
                + "FOLDER/start/linear.model: a model of task classifier is needed, but its card"
                + " says image-to-image"),
        Arguments.of(CARD, "size: 0.25", "size: 8", "10:38: "),
        Arguments.of(
            CARD,
            "{use: jitter, with: {size: 0.25}}",
            "targeted-only",
            "10:11: attack targeted-only needs a target for each image"),
        Arguments.of(
            CARD,
            "pairs: attacked",
            "pairs: attacked, refuses: only.1",
            "9:16: not this; write another"),
        Arguments.of(CARD, "pairs: attacked", "pairs: attacked, refuses: engine", "6:11: not this"),
        Arguments.of(
            CARD, "pairs: attacked", "pairs: attacked, refuses: model.card", "8:17: not this"),
        Arguments.of(
            CARD, "pairs: attacked", "pairs: attacked, refuses: with.least", "5:9: not this"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("mistakes")
  void mistakesAreToldAtTheirPlaceByValidationAndTrainingAlike(
      String card, String from, String to, String expected) throws IOException {
    card(card);
    assertThat(HARDEN).contains(from);
    List<TrainingSetup.Work> works =
        List.of(TrainingRunner::validate, (runner, read) -> runner.train(read, false));
    for (TrainingSetup.Work work : works) {
      ScenarioException thrown =
          catchThrowableOfType(
              ScenarioException.class, () -> setup.with(HARDEN.replace(from, to), work));

      assertThat(thrown.diagnostics()).hasSize(1);
      assertThat(thrown.diagnostics().get(0).format())
          .startsWith(
              folder.resolve("train.yaml") + ":" + expected.replace("FOLDER", folder.toString()));
      assertThat(folder).isDirectoryNotContaining("regex:.*/(made|runs|data)");
    }
  }

  @Test
  void whatATrainerRefusesWhileItTrainsIsToldAtItsPlaceToo() throws IOException {
    setup.with(
        HARDEN.replace("pairs: attacked", "pairs: attacked, refuses: shards, late: true"),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.train(scenario, false))
                .hasMessageContaining("train.yaml:7:11: not this; write another"));
  }

  @Test
  void aTrainerThatForgetsTheAttackIsToldByName() throws IOException {
    setup.with(
        HARDEN.replace("pairs: attacked", "pairs: labels"),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.validate(scenario))
                .isInstanceOf(ComponentFailureException.class)
                .hasMessageContaining("the trainer learner of test 1.0 takes the attack jitter")
                .hasMessageContaining("This is a defect of the trainer"));
  }

  @Test
  void aTargetOutsideTheModelIsTheTrainersDefect() throws IOException {
    setup.with(
        HARDEN.replace("pairs: attacked", "pairs: attacked, fault: far-class"),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.train(scenario, false))
                .isInstanceOf(ComponentFailureException.class)
                .hasMessageContaining("makes the target 7, but given has the classes 0 to 4"));
  }
}
