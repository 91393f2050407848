package io.hone.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.hone.scenario.Goal;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.Selection;
import io.hone.scenario.Step;
import io.hone.scenario.TrainingScenario;
import io.hone.scenario.Validation;
import io.hone.scenario.binding.SampleComponents;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingScenarioReaderTest {
  private static final String REDUNDANCY =
      """
      hone: 1
      name: mnist-redundancy-fgsm
      seed: 7
      train: {use: redundancy-autoencoder, with: {epochs: 30}}
      data:
        dataset: {use: mnist, with: {split: train, classes: [9]}, take: 500}
        model: {card: models/lenet5}
        goal: {targeted: 4}
        steps: [{id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}, {id: greedy, improve: greedy}]
      validation: {fraction: 0.2}
      test: {use: mnist}
      out: models/mnist-redundancy-fgsm
      """;

  private static final String LENET =
      """
      hone: 1
      name: lenet5
      train: redundancy-autoencoder
      data: {dataset: {use: mnist, with: {split: train}}}
      out: models/lenet5
      """;

  private static final String VARIED =
      LENET.replace("train: redundancy-autoencoder", "train: {use: redundancy-autoencoder}");

  @TempDir Path temporary;
  private ScenarioFolder folder;

  @BeforeEach
  void prepare() {
    folder = new ScenarioFolder(temporary);
  }

  @Test
  void readsATrainingOnPairsThatAChainMakes() {
    TrainingScenario scenario = folder.readTraining(REDUNDANCY);

    assertThat(scenario.name()).isEqualTo("mnist-redundancy-fgsm");
    assertThat(scenario.seed()).isEqualTo(7);
    assertThat(scenario.trainer().parameters())
        .isEqualTo(new SampleComponents.RedundancyTrainer.Params(30));
    assertThat(scenario.data().dataset().selection()).isEqualTo(Selection.first(500));
    assertThat(scenario.data().model().orElseThrow().card().path())
        .isEqualTo(temporary.resolve("models/lenet5"));
    assertThat(scenario.data().goal()).isEqualTo(new Goal.Fixed(4));
    assertThat(scenario.data().steps())
        .extracting(Step::name, Step::of, Step::goal)
        .containsExactly(
            tuple("fgsm", List.of("clean"), new Goal.Fixed(4)),
            tuple("greedy", List.of("fgsm"), new Goal.Fixed(4)));
    assertThat(scenario.validation()).isEqualTo(new Validation.Fraction(0.2));
    assertThat(scenario.test()).isPresent();
    assertThat(scenario.out()).isEqualTo(temporary.resolve("models/mnist-redundancy-fgsm"));
    assertThat(scenario.effective())
        .containsEntry("validation", Map.of("fraction", 0.2))
        .containsEntry("out", "models/mnist-redundancy-fgsm")
        .containsKeys("hone", "name", "seed", "train", "data", "test", "run");
  }

  @Test
  void readsATrainingOnADataSetAlone() {
    TrainingScenario scenario = folder.readTraining(LENET);

    assertThat(scenario.data().steps()).isEmpty();
    assertThat(scenario.data().model()).isEmpty();
    assertThat(scenario.data().dataset().selection()).isEqualTo(Selection.ALL);
    assertThat(scenario.validation()).isEqualTo(new Validation.Fraction(0.1));
    assertThat(scenario.test()).isEmpty();
  }

  @Test
  void validatesOnADataSetOfItsOwn() {
    TrainingScenario scenario =
        folder.readTraining(LENET + "validation: {use: mnist, with: {split: test}, take: 9}\n");

    assertThat(scenario.validation())
        .isInstanceOfSatisfying(
            Validation.Separate.class,
            separate -> assertThat(separate.dataset().selection()).isEqualTo(Selection.first(9)));
  }

  @Test
  void writesBelowTheDistributionThatTheScenarioLiesIn() {
    assertThat(folder.readTraining(LENET).out()).isEqualTo(temporary.resolve("models/lenet5"));
  }

  @Test
  void writesBesideAScenarioThatLiesElsewhere() throws IOException {
    Path elsewhere = Files.createDirectories(temporary.resolve("mine"));
    Path file = Files.writeString(elsewhere.resolve("train.yaml"), LENET);

    TrainingScenario scenario =
        new TrainingScenarioReader(
                SampleComponents.registry(), SampleSteps.grammars(), temporary.resolve("hone"))
            .read(file, ScenarioOptions.none())
            .get(0);

    assertThat(scenario.out()).isEqualTo(elsewhere.resolve("models/lenet5"));
  }

  @Test
  void prefersAFolderThatExistsBesideTheScenario() throws IOException {
    Path beside = Files.createDirectories(temporary.resolve("scenarios/train/models/lenet5"));

    assertThat(folder.readTraining(LENET).out()).isEqualTo(beside);
  }

  @Test
  void takesOptionsOverTheFile() {
    TrainingScenario scenario =
        new TrainingScenarioReader(SampleComponents.registry(), SampleSteps.grammars(), temporary)
            .read(
                folder.write("scenarios/train/test.yaml", REDUNDANCY),
                new ScenarioOptions(
                    List.of("data.steps.fgsm.attack.with.epsilon=0.1", "train.with.epochs=2"),
                    OptionalLong.of(20),
                    OptionalInt.of(8),
                    OptionalInt.of(1)))
            .get(0);

    assertThat(scenario.data().dataset().selection()).isEqualTo(Selection.first(20));
    assertThat(scenario.batch()).isEqualTo(8);
    assertThat(scenario.threads()).isEqualTo(1);
    assertThat(scenario.trainer().parameters())
        .isEqualTo(new SampleComponents.RedundancyTrainer.Params(2));
    assertThat(scenario.data().steps().get(0).content().components().get(0).parameters())
        .isEqualTo(new SampleComponents.Fgsm.Params(0.1f, SampleComponents.Fgsm.Norm.LINF));
  }

  @Test
  void tellsAScenarioWithoutTrainingByThatAlone() {
    assertThatThrownBy(() -> folder.readTraining(ScenarioFolder.MAIN_JOB))
        .hasMessageContaining("test.yaml:1:1: this is a scenario without training")
        .hasMessageEndingWith("1 error; nothing was run");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            "use: redundancy-autoencoder",
            "use: redundancy",
            "4:14: there is no trainer 'redundancy'"),
        Arguments.of("epochs: 30", "epochs: 0", "4:53: 'epochs' must be a whole number"),
        Arguments.of(
            "  model: {card: models/lenet5}\n", "", "8:10: the steps need a model to work against"),
        Arguments.of(
            "improve: greedy",
            "defend: randomization",
            "9:71: training pairs are made by attacks, improvers and mergers, but 'greedy' is a defense"),
        Arguments.of("improve: greedy", "improve: gredy", "9:88: there is no improver 'gredy'"),
        Arguments.of(
            "fraction: 0.2", "fraction: 1.5", "10:24: 'fraction' must be a number between 0 and 1"),
        Arguments.of(
            "fraction: 0.2", "fraction: 0.2, use: mnist", "10:13: 'fraction' excludes other keys"),
        Arguments.of(
            "fraction: 0.2", "every: 1", "10:21: 'every' must be a whole number from 2 on"),
        Arguments.of("{fraction: 0.2}", "{use: minst}", "10:19: there is no dataset 'minst'"),
        Arguments.of(
            "out: models/mnist-redundancy-fgsm", "out: ''", "12:6: 'out' must be a folder"),
        Arguments.of(
            "out: models/mnist-redundancy-fgsm\n", "", "1:1: a training scenario needs 'out'"),
        Arguments.of(
            "out: models/mnist-redundancy-fgsm",
            "out: ../train/test.yaml",
            "12:6: 'out' must be a folder"),
        Arguments.of("seed: 7", "metrics: []", "3:1: a training scenario has no 'metrics'"),
        Arguments.of("goal: {targeted: 4}", "gaol: {targeted: 4}", "8:3: 'data' has no 'gaol'"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsOneMistakeAtItsPlaceAndNothingElse(String from, String to, String expected) {
    assertThat(REDUNDANCY).contains(from);
    ScenarioException thrown =
        catchThrowableOfType(
            ScenarioException.class, () -> folder.readTraining(REDUNDANCY.replace(from, to)));

    assertThat(thrown.diagnostics()).hasSize(1);
    assertThat(thrown.diagnostics().get(0).format())
        .startsWith(temporary.resolve("scenarios/train/test.yaml") + ":" + expected);
  }

  @Test
  void readsATrainingForEachPointOfAMatrix() {
    List<TrainingScenario> trainings =
        folder.readTrainings(VARIED + "matrix: {seed: [1, 2], train.with.epochs: [3, 4]}\n");

    assertThat(trainings)
        .extracting(TrainingScenario::name)
        .containsExactly(
            "lenet5_seed-1_epochs-3",
            "lenet5_seed-1_epochs-4",
            "lenet5_seed-2_epochs-3",
            "lenet5_seed-2_epochs-4");
    TrainingScenario last = trainings.get(3);
    assertThat(last.seed()).isEqualTo(2);
    assertThat(last.trainer().effective()).containsEntry("epochs", 4);
    assertThat(last.out().toString()).endsWith("models/lenet5/seed-2_epochs-4");
    assertThat(last.effective()).doesNotContainKey("matrix").containsEntry("seed", 2L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{seed: []} | an axis must be a list of at least one value",
        "{out: [a, b]} | can vary the seed, the trainer, the data and the validation, not 'out'",
        "{tran.with.epochs: [1]} | not 'tran'; did you mean 'train'?",
        "{train: [a]} | 'train' is all of it; vary a part, such as train.with.rate",
        "{train.with.epochs: [1, zero]} | 'epochs' must be a whole number of at least 1",
        "[seed] | 'matrix' must be a mapping"
      })
  void refusesAMatrixThatVariesNothing(String matrix, String message) {
    assertThatThrownBy(() -> folder.readTrainings(VARIED + "matrix: " + matrix + "\n"))
        .hasMessageContaining(message);
  }
}
