package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.SummaryFile;
import io.hone.scenario.card.ModelCards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trains a generator as a user does, and attacks with it. */
class GeneratorIT {
  private static final String TRAINING =
      """
      hone: 1
      name: tiny-generator
      train: {use: adversarial-transformation-network, with: {epochs: 1, batch: 8}}
      data:
        dataset: {use: mnist, with: {split: test, classes: [9]}, take: 30}
        model: {card: models/mnist-lenet5}
        goal: {targeted: 4}
      validation: {every: 4}
      out: generator
      """;

  private static final String ATTACK =
      """
      hone: 1
      name: with-generator
      dataset: {use: mnist, with: {split: test, classes: [3, 9]}, take: 30}
      model: {card: models/mnist-lenet5}
      goal: {targeted: %d}
      steps:
        - {id: atn, attack: {use: atn, with: {model: %s}}}
      """;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void trainedGeneratorAttacksAndItsCardTellsWhatItWasTrainedFor() throws Exception {
    Result trained = run("train", TRAINING);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("validation_success_rate", "page:  generator/training.html");
    assertThat(hone.file("generator/training.html"))
        .content()
        .contains("<h1>tiny-generator", "Losses by epoch", "Shares by epoch")
        .contains("Validation success rate", "adversarial-transformation-network");
    Map<String, Object> training = ModelCards.read(hone.file("generator")).training();
    assertThat(training)
        .containsEntry("component", "adversarial-transformation-network")
        .containsEntry("targets", Map.of("9", 4));
    assertThat((int) training.get("training_examples") + (int) training.get("validation_examples"))
        .as("nines that LeNet-5 is right about")
        .isBetween(25, 30);

    Result fitting = run("run", ATTACK.formatted(4, "generator"));
    assertThat(fitting.exitCode()).as(fitting.err()).isZero();
    assertThat(fitting.err()).contains("was trained for 9 -> 4");
    Path results = hone.file("runs/with-generator");
    assertThat(SummaryFile.read(results).status()).isEqualTo("completed");
    List<String> rows = Files.readAllLines(results.resolve("samples.csv"));
    assertThat(rows).anyMatch(row -> row.contains("untrained-class"));
    assertThat(rows).noneMatch(row -> row.contains("other-target"));

    Result other =
        run("run", ATTACK.replace("{targeted: %d}", "{targeted: {9: 7}}").formatted("generator"));
    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(Files.readAllLines(results.resolve("samples.csv")))
        .anyMatch(row -> row.contains("other-target"));

    Result refused = run("run", ATTACK.formatted(7, "generator"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("for the goal {targeted: 7}: it was trained for 9 -> 4")
        .contains("run.yaml:7:5");
  }

  /** One training of the paper's method, without validation images, as its authors train. */
  @Test
  void theGeneratorOfAe4dnnTellsItsBetaAndItsBound() throws Exception {
    String training =
        TRAINING
            .replace(
                "adversarial-transformation-network, with: {",
                "ae4dnn, with: {class-term: linear, ")
            .replace("{every: 4}", "none");
    Result trained = runHere("train", training);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains("validating on 0")
        .containsPattern("formula 3 bounds beta by 0\\.0\\d+ .*; beta is this bound");
    Map<String, Object> card = ModelCards.read(hone.file("generator")).training();
    assertThat((double) card.get("beta")).isBetween(0.005, 0.05).isEqualTo(card.get("beta_bound"));
    assertThat(card).containsEntry("component", "ae4dnn").containsEntry("validation_examples", 0);

    Result attacked = runHere("run", ATTACK.replace("atn", "ae4dnn").formatted(4, "generator"));
    assertThat(attacked.exitCode()).as(attacked.err()).isZero();
    Result wrong = runHere("run", ATTACK.formatted(4, "generator"));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("whose generators are used by the attack ae4dnn");
    Result misspelt = runHere("train", training.replace("class-term: linear", "beta: automatic"));
    assertThat(misspelt.exitCode()).isEqualTo(2);
    assertThat(misspelt.err()).contains("'beta' must be a number from 0 to 1, or auto");
  }

  @Test
  void aMatrixTrainsAGeneratorForEachWeightAndGoesOnWhereItStopped() throws Exception {
    String training =
        TRAINING.replace("adversarial-transformation-network, with: {", "ae4dnn, with: {")
            + "matrix: {train.with.beta: [0.001, 0.5], seed: [1, 2]}\n";
    Result trained = runHere("train", training);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains("models: ", "generator\n", "beta_bound", "validation_success_rate")
        .contains("beta-0.001_seed-1", "beta-0.001_seed-2", "beta-0.5_seed-1", "beta-0.5_seed-2");
    Path first = hone.file("generator/beta-0.001_seed-1/model.onnx");
    byte[] model = Files.readAllBytes(first);
    assertThat(model)
        .isNotEqualTo(Files.readAllBytes(hone.file("generator/beta-0.001_seed-2/model.onnx")));
    assertThat(ModelCards.read(hone.file("generator/beta-0.5_seed-2")).training())
        .containsEntry("beta", 0.5)
        .containsEntry("seed", 2);

    Result resumed = runHere("train", training, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("epoch 1/1");
    assertThat(first).hasBinaryContent(model);

    Result validated = runHere("validate", training);
    assertThat(validated.out()).contains("ae4dnn makes ").contains(" and 3 more");
  }

  static List<Arguments> trainingsThatCannotWork() {
    return List.of(
        Arguments.of(
            "{targeted: 4}",
            "{targeted: random}",
            "train.yaml:7:9: adversarial-transformation-network learns one wanted class"),
        Arguments.of(
            "{targeted: 4}", "{targeted: 12}", "names class 12, but the model has classes 0 to 9"),
        Arguments.of(
            "  model: {card: models/mnist-lenet5}",
            "",
            "makes its pairs with the help of a classifier"),
        Arguments.of("  goal:", "  steps: [{id: fgsm, attack: fgsm}]\n  goal:", "remove the steps"),
        Arguments.of(
            "{every: 4}", "{use: mnist, with: {split: test}}", "a share of the training images"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("trainingsThatCannotWork")
  void trainingThatCannotWorkSaysWhatToDo(String text, String other, String message)
      throws Exception {
    Result result = runHere("train", TRAINING.replace(text, other));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message);
    assertThat(hone.file("generator")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "models/mnist-denoiser, trained by denoising-autoencoder",
    "models/mnist-lenet5, which makes no generator"
  })
  void modelsOfAnotherTaskAreRefusedBeforeAnythingRuns(String model, String message)
      throws Exception {
    Path out = hone.file("out");
    Result result = runHere("run", ATTACK.formatted(4, model), "--out", out.toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message).contains("run.yaml:7:5");
    assertThat(out).doesNotExist();
  }

  private Result run(String command, String scenario) throws Exception {
    return hone.run(command, hone.write(command + ".yaml", scenario).toString());
  }

  private Result runHere(String command, String scenario, String... options) throws Exception {
    String file = hone.write(command + ".yaml", scenario).toString();
    return hone.runHere(
        Stream.concat(Stream.of(command, file), Stream.of(options)).toArray(String[]::new));
  }
}
