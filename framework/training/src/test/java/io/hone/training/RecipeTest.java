package io.hone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import io.hone.engine.failure.ComponentFailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainers with pairs of their own, through the real runner. */
class RecipeTest {
  private static final String IMPROVED =
      """
      hone: 1
      name: tiny
      train: {use: learner, with: {pairs: improved}}
      data:
        dataset: {use: noise, with: {size: 60}}
        model: {card: linear.model}
        steps: [{id: push, attack: push}]
      run: {batch: 16, threads: 2}
      out: made
      """;

  private static final String ATTACKED =
      """
      hone: 1
      name: tiny
      seed: 5
      train: {use: learner, with: {pairs: attacked, use: jitter, parameter: size}}
      data:
        dataset: {use: noise, with: {size: 60}}
      run: {batch: 16, threads: 2}
      out: made
      """;

  @TempDir Path folder;

  private TrainingSetup setup;

  @BeforeEach
  void setUp() throws IOException {
    setup = new TrainingSetup(folder);
  }

  @Test
  void theRecipeIsAskedForOnce() throws IOException {
    setup.with(
        IMPROVED.replace("improved", "change"),
        (runner, scenario) -> runner.train(scenario, false));
    assertThat(setup.learner().asked()).isEqualTo(1);
  }

  @Test
  void aRecipeAddsAComponentWithParametersOfTheTrainer() throws IOException {
    assertThat(smallestChange("improved")).as("nine tenths of what push did").isBetween(0.2, 0.27);
    assertThat(smallestChange("improved, value: 0.8")).isBetween(0.2, 0.24);
    assertThat(smallestChange("change")).isGreaterThan(0.27);
  }

  /** Returns the change of the example that changed least. */
  private double smallestChange(String pairs) throws IOException {
    double[] smallest = new double[1];
    setup.with(
        IMPROVED.replace("improved", pairs),
        (runner, scenario) -> {
          Examples examples = runner.makeExamples(scenario).training();
          assertThat(examples.size()).isGreaterThan(20);
          smallest[0] = 1;
          for (int row = 0; row < examples.size(); row++) {
            smallest[0] = Math.min(smallest[0], largest(examples.targets().rows(row, row + 1)));
          }
        });
    return smallest[0];
  }

  private static double largest(Tensor values) {
    double largest = 0;
    for (int row = 0; row < values.rows(); row++) {
      for (float value : values.row(row)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  @Test
  void pairsOfOtherComponentsAreNotFoundInTheStore() throws IOException {
    for (String pairs : List.of("improved", "improved, value: 0.8")) {
      setup.with(
          IMPROVED.replace("improved", pairs),
          (runner, scenario) -> {
            assertThat(runner.makeExamples(scenario).stored()).isFalse();
            assertThat(runner.makeExamples(scenario).stored()).isTrue();
          });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nudeg, share | needs the improver nudeg, which no plugin brings; did you mean",
        "nudge, shares | gives the improver nudge parameters that do not fit",
        "nudge, shares | has no 'shares'"
      })
  void aComponentThatDoesNotFitIsToldAtTheTrainer(String named, String message) throws IOException {
    String[] parts = named.split(", ");
    setup.with(
        IMPROVED.replace(
            "pairs: improved",
            "pairs: improved, use: %s, parameter: %s".formatted(parts[0], parts[1])),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.validate(scenario))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("train.yaml:3:8: the trainer learner of test 1.0")
                .hasMessageContaining(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_PAIRS | makes null instead of pairs of samples 10",
        "OTHER_INPUT | makes inputs of shape [1, 2, 2] from images of shape [1, 3, 4]",
        "FAR_INPUT | that holds 1.5 at feature 2; every value must be in [0, 1]",
        "NAN_TARGET | makes the target NaN for sample 10",
        "FOREIGN_ROW | makes a pair of row 1000, but there are",
        "FEW_TARGETS | failed to make pairs of samples",
        "OTHER_TARGET | all targets of a training have one shape"
      })
  void wrongPairsAreTheTrainersDefect(String fault, String message) throws IOException {
    String yaml =
        IMPROVED.replace(
            "improved", "change, fault: " + fault.toLowerCase(Locale.ROOT).replace('_', '-'));
    setup.with(
        yaml,
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.train(scenario, false))
                .isInstanceOf(ComponentFailureException.class)
                .hasMessageStartingWith("the trainer learner of test 1.0 ")
                .hasMessageContaining(message));
    assertThat(folder.resolve("made/linear.model")).doesNotExist();
  }

  @Test
  void aRecipeMayAddTheAttack() throws IOException {
    String pushed =
        IMPROVED
            .replace("improved", "pushed, use: push, parameter: size, value: 0.2")
            .replace("  steps: [{id: push, attack: push}]\n", "");
    setup.with(
        pushed,
        (runner, scenario) -> {
          Examples examples = runner.makeExamples(scenario).training();
          assertThat(examples.size()).isPositive();
          assertThat(largest(examples.targets())).isBetween(0.18, 0.2);
        });
    setup.with(
        pushed.replace("  model: {card: linear.model}\n", ""),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.validate(scenario))
                .hasMessageContaining("learner makes its pairs with the help of a classifier"));
  }

  @Test
  void aModelThatTheRecipeDoesNotNeedMayBeMissing() throws IOException {
    setup.with(
        ATTACKED.replace("pairs: attacked", "pairs: attacked, fault: asks-model"),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.train(scenario, false))
                .isInstanceOf(ComponentFailureException.class)
                .hasMessageContaining("a recipe that asks for it needs Ingredient.MODEL"));
  }

  @Test
  void aRecipeSeesTheClassThatTheGoalWants() throws IOException {
    setup.with(
        IMPROVED
            .replace("improved", "wanted")
            .replace("steps: [{id: push, attack: push}]", "goal: {targeted: {0: 1, 1: 2, 2: 0}}"),
        (runner, scenario) -> {
          Tensor wanted = runner.makeExamples(scenario).training().targets();
          assertThat(Arrays.stream(values(wanted)).distinct().toArray())
              .containsExactlyInAnyOrder(0, 1, 2);
        });
  }

  private static double[] values(Tensor targets) {
    return IntStream.range(0, targets.rows()).mapToDouble(row -> targets.get(row, 0)).toArray();
  }

  @Test
  void anotherVersionOfThePluginMakesItsPairsAnew() throws IOException {
    String yaml = IMPROVED.replace("improved", "change");
    setup.with(yaml, (runner, scenario) -> runner.makeExamples(scenario));
    setup.with(
        yaml, (runner, scenario) -> assertThat(runner.makeExamples(scenario).stored()).isTrue());
    setup.sourceOfTrainer("test 1.1");
    setup.with(
        yaml, (runner, scenario) -> assertThat(runner.makeExamples(scenario).stored()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({"no-recipe, gives no recipe", "no-key, gives a recipe without a key"})
  void aRecipeThatIsNotWholeIsTheTrainersDefect(String fault, String message) throws IOException {
    setup.with(
        IMPROVED.replace("improved", "change, fault: " + fault),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.validate(scenario))
                .isInstanceOf(ComponentFailureException.class)
                .hasMessageContaining("the trainer learner of test 1.0 " + message));
  }

  @Test
  void aClassIsAWholeNumber() throws IOException {
    setup.with(
        ATTACKED.replace("pairs: attacked", "pairs: attacked, fault: half-class"),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.train(scenario, false))
                .hasMessageContaining("makes the target 0.5 for sample")
                .hasMessageContaining("a class is a whole number"));
  }

  @Test
  void attacksInsideTheLoopDependOnEpochAndExampleAlone() throws IOException {
    Tensor expected = attacked(ATTACKED);

    int examples = expected.rows() / 2;
    assertThat(examples).isGreaterThan(40);
    assertThat(expected.row(0))
        .as("the same example in two epochs")
        .isNotEqualTo(expected.row(examples));
    assertSame(attacked(ATTACKED), expected);
    assertSame(attacked(ATTACKED.replace("pairs:", "batch: 1, pairs:")), expected);
    assertSame(attacked(ATTACKED.replace("pairs:", "batch: 17, pairs:")), expected);
    assertSame(attacked(ATTACKED.replace("threads: 2", "threads: 1")), expected);
    assertThat(attacked(ATTACKED.replace("seed: 5", "seed: 6")).row(0))
        .isNotEqualTo(expected.row(0));
  }

  private Tensor attacked(String yaml) throws IOException {
    setup.with(yaml, (runner, scenario) -> runner.train(scenario, false));
    return setup.learner().attacked();
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.rows()).isEqualTo(expected.rows());
    for (int row = 0; row < expected.rows(); row++) {
      assertThat(actual.row(row)).isEqualTo(expected.row(row));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use: jiter, parameter: size",
        "use: jitter, parameter: sice",
        "use: jitter, parameter: size, value: 8"
      })
  void anAttackThatDoesNotFitIsToldBeforeTheFirstExample(String named) throws IOException {
    setup.with(
        ATTACKED.replace("use: jitter, parameter: size", named),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.validate(scenario))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("train.yaml:4:8: the trainer learner of test 1.0"));
  }

  @Test
  void onlyAttacksWorkOnBatches() throws IOException {
    setup.with(
        ATTACKED.replace("pairs: attacked", "pairs: attacked, fault: improver-for-batches"),
        (runner, scenario) ->
            assertThatThrownBy(() -> runner.validate(scenario))
                .hasMessageContaining("names jitter for batches, which is no attack"));
  }
}
