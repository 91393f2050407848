package io.hone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.engine.results.FolderLock;
import io.hone.host.component.ComponentKind;
import io.hone.scenario.card.ModelCards;
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

class TrainingRunnerTest {
  private static final String CLASSIFIER =
      """
      hone: 1
      name: tiny
      train: {use: learner}
      data:
        dataset: {use: noise, with: {size: 60}}
      validation: {every: 4}
      test: {use: noise}
      out: made
      """;

  private static final String CHAIN =
      """
      hone: 1
      name: tiny
      train: {use: learner, with: {pairs: change}}
      data:
        dataset: {use: noise, with: {size: 60}}
        model: {card: linear.model}
        steps: [{id: push, attack: push}]
      out: made
      """;

  private static final String GENERATOR =
      """
      hone: 1
      name: tiny
      train: {use: learner, with: {pairs: wanted}}
      data:
        dataset: {use: noise, with: {size: 60}}
        model: {card: linear.model}
        goal: {targeted: 2}
      out: made
      """;

  @TempDir Path folder;

  private TrainingSetup setup;

  @BeforeEach
  void model() throws IOException {
    setup = new TrainingSetup(folder);
  }

  private void with(String yaml, TrainingSetup.Work work) throws IOException {
    setup.with(yaml, work);
  }

  @Test
  void aValidationSetWithoutSomeClassesHasTheLabelsOfTheTrainingSet() throws IOException {
    String yaml =
        """
        hone: 1
        name: tiny
        train: {use: learner}
        data: {dataset: {use: named-classes, with: {names: [ant, bee, cat]}}}
        validation: {use: named-classes, with: {names: [bee, cat]}}
        out: made
        """;
    with(
        yaml,
        (runner, scenario) -> {
          Tensor classes = runner.makeExamples(scenario).validation().targets();
          assertThat(classes.get(0, 0)).isEqualTo(1);
          assertThat(classes.get(1, 0)).isEqualTo(2);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {CLASSIFIER, CHAIN, GENERATOR})
  void aTrainingThatCanWorkIsValidAndNothingIsWritten(String yaml) {
    assertThatCode(() -> with(yaml, TrainingRunner::validate)).doesNotThrowAnyException();
    assertThat(folder).isDirectoryNotContaining("regex:.*/(made|runs|data)");
  }

  /** Its model is opened after the last epoch: that is too late to find it out. */
  @ParameterizedTest
  @ValueSource(strings = {CLASSIFIER, CHAIN, GENERATOR})
  void aBackendThatCannotStartIsFoundBeforeTheFirstExample(String yaml) throws IOException {
    setup.install(ComponentKind.BACKEND, new Unready());
    with(
        yaml,
        (runner, scenario) -> {
          assertThatThrownBy(() -> runner.validate(scenario)).hasMessageContaining("no native");
          assertThatThrownBy(() -> runner.train(scenario, false)).hasMessageContaining("no native");
        });
    assertThat(folder).isDirectoryNotContaining("regex:.*/(made|runs|data)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"made", "runs"})
  void aSecondTrainingInTheSameFoldersIsRefused(String owned) throws IOException {
    FolderLock first = FolderLock.acquire(folder.resolve(owned), "wait", notice -> {});
    try {
      with(
          CLASSIFIER,
          (runner, scenario) ->
              assertThatThrownBy(() -> runner.train(scenario, false))
                  .isInstanceOf(BadInputException.class)
                  .hasMessageContaining("in use by another run in this process"));
    } finally {
      first.close();
    }
    assertThat(folder).isDirectoryNotContaining("regex:.*/(made|runs)");
  }

  static List<Arguments> mistakes() {
    String separate = "validation: {use: noise}\nout: made";
    return List.of(
        Arguments.of(CLASSIFIER, "out: made", "out: linear.model/made", "8:6: cannot write"),
        Arguments.of(CLASSIFIER, "size: 60", "size: 0", "5:12: the data set noise is empty"),
        Arguments.of(CLASSIFIER, "size: 60", "labelled: false", "5:12: sample 1000 has no label"),
        Arguments.of(
            CLASSIFIER,
            "{use: learner}",
            "{use: learner, with: {least: 5}}",
            "3:8: images of 1x3x4"),
        Arguments.of(
            CLASSIFIER,
            "{every: 4}",
            "{use: noise, with: {labelled: false}}",
            "6:13: sample 1000 has no label"),
        Arguments.of(
            CLASSIFIER,
            "test: {use: noise}",
            "test: {use: noise, with: {width: 5}}",
            "7:7: these images are 1x3x5, but the training images 1x3x4"),
        Arguments.of(
            CLASSIFIER,
            "{use: learner}",
            "{use: learner, with: {pairs: clean}}",
            "7:7: a test set measures a classifier's accuracy, but learner trains none"),
        Arguments.of(CHAIN, "linear.model", "missing.model", "6:17: "),
        Arguments.of(CHAIN, "size: 60", "width: 5", "5:12: the images of data set noise are 1x3x5"),
        Arguments.of(
            CHAIN,
            "{card: linear.model}",
            "{card: linear.model, backend: {use: linear, with: {gradients: false}}}",
            "7:11: push needs gradients"),
        Arguments.of(
            CHAIN,
            "  steps: [{id: push, attack: push}]\n",
            "",
            "5:3: learner learns from what steps make of the images"),
        Arguments.of(CHAIN, "out: made", separate, "8:13: learner is validated on pairs"),
        Arguments.of(GENERATOR, "out: made", separate, "8:13: learner is validated on pairs"),
        Arguments.of(
            GENERATOR,
            "{card: linear.model}",
            "{card: linear.model, backend: {use: linear, with: {gradients: false}}}",
            "6:10: learner learns from gradients"),
        Arguments.of(GENERATOR, "targeted: 2", "targeted: 3", "7:9: the goal names class 3"),
        Arguments.of(
            GENERATOR,
            "targeted: 2",
            "targeted: random",
            "7:9: learner learns one wanted class for each label"),
        Arguments.of(
            GENERATOR,
            "  goal: {targeted: 2}\n",
            "  steps: [{id: push, attack: push}]\n",
            "7:10: learner makes its pairs without steps"),
        Arguments.of(
            GENERATOR,
            "  model: {card: linear.model}\n",
            "",
            "5:3: learner makes its pairs with the help of a classifier"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("mistakes")
  void whatCannotWorkIsToldAtItsPlaceByValidationAndTrainingAlike(
      String yaml, String from, String to, String expected) {
    assertThat(yaml).contains(from);
    List<TrainingSetup.Work> works =
        List.of(TrainingRunner::validate, (runner, read) -> runner.train(read, false));
    for (TrainingSetup.Work work : works) {
      ScenarioException thrown =
          catchThrowableOfType(ScenarioException.class, () -> with(yaml.replace(from, to), work));

      assertThat(thrown.diagnostics()).hasSize(1);
      assertThat(thrown.diagnostics().get(0).format())
          .startsWith(folder.resolve("train.yaml") + ":" + expected);
      assertThat(folder).isDirectoryNotContaining("regex:.*/(made|runs|data)");
    }
  }

  @Test
  void theCardOfATrainedClassifierNamesItsClasses() throws IOException {
    with(
        CLASSIFIER.replace("size: 60", "named: true"),
        (runner, scenario) -> {
          ModelCard card = runner.train(scenario, false);
          assertThat(card.output().classNames()).containsExactly("low", "middle", "high");
          assertThat(card.training()).containsEntry("training_examples", 75);
        });
  }

  @Test
  void aPageOfTheEpochsIsWrittenBesideTheCard() throws IOException {
    List<Map<String, Double>> epochs = List.of(Map.of("loss", 2.0), Map.of("loss", 1.0));
    setup.learner().history(epochs);
    setup.page(
        (card, history, file) -> {
          assertThat(file).isEqualTo(card.file().resolveSibling("training.html"));
          Files.writeString(file, card.training().get("component") + " " + history);
        });

    with(CLASSIFIER, (runner, scenario) -> runner.train(scenario, false));

    assertThat(folder.resolve("made/training.html")).content().isEqualTo("learner " + epochs);
  }

  @Test
  void aTrainerThatTellsOfNoEpochLeavesNoPageOfAnEarlierModel() throws IOException {
    Path page = Files.createDirectories(folder.resolve("made")).resolve("training.html");
    Files.writeString(page, "of an earlier model");
    setup.page((card, history, file) -> Files.writeString(file, "of no epoch"));

    with(CLASSIFIER, (runner, scenario) -> runner.train(scenario, false));

    assertThat(folder.resolve("made/model.yaml")).exists();
    assertThat(page).doesNotExist();
  }

  @Test
  void aPageThatCannotBeWrittenCostsNoModel() throws IOException {
    setup.learner().history(List.of(Map.of("loss", 2.0)));
    setup.page(
        (card, history, file) -> {
          throw new IOException("disk full");
        });

    with(
        CLASSIFIER,
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.train(scenario, false)).hasMessage("disk full"));

    assertThat(ModelCards.read(folder.resolve("made")).training()).containsKey("figures");
  }

  @Test
  void aCardHasNoNamesOfClassesWhereTheDataHasNone() throws IOException {
    with(
        CLASSIFIER,
        (runner, scenario) ->
            assertThat(runner.train(scenario, false).output().classNames()).isEmpty());
  }

  @Test
  void examplesThatAChainMadeAreFoundAgain() throws IOException {
    with(
        CHAIN,
        (runner, scenario) -> {
          TrainingExamples made = runner.makeExamples(scenario);
          TrainingExamples found = runner.makeExamples(scenario);

          assertThat(made.stored()).isFalse();
          assertThat(found.stored()).isTrue();
          assertThat(found.training().size()).isEqualTo(made.training().size()).isPositive();
        });
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void examplesAreMadeAnewWhereTheValidationSetHasChanged() throws IOException {
    Path content = Files.writeString(folder.resolve("content"), "before");
    String yaml =
        CHAIN
            .replace("change", "clean")
            .concat("validation: {use: named-classes, with: {names: [a], content: content}}\n");
    with(yaml, (runner, scenario) -> assertThat(runner.makeExamples(scenario).stored()).isFalse());
    with(yaml, (runner, scenario) -> assertThat(runner.makeExamples(scenario).stored()).isTrue());
    Files.writeString(content, "after");
    with(yaml, (runner, scenario) -> assertThat(runner.makeExamples(scenario).stored()).isFalse());
  }
}
