package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Training scenarios are checked as those of attacks are, and nothing is trained. */
class ValidateIT {
  private static final String TRAINING =
      """
      hone: 1
      name: tiny
      train: {use: redundancy-autoencoder, with: {epochs: 1}}
      data:
        dataset: {use: mnist, with: {split: test, classes: [9]}, take: 20}
        model: {card: models/mnist-lenet5}
        goal: {targeted: 4}
        steps:
          - {id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}
      validation: {every: 4}
      out: made
      """;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void aTrainingThatCanWorkIsValid() throws Exception {
    Result result = hone.run("validate", write(TRAINING).toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("training.yaml is valid: redundancy-autoencoder makes ")
        .contains(hone.file("made").toString());
    assertNothingWasTrained();
  }

  private static final String HARDENING =
      """
      hone: 1
      name: tiny
      train:
        use: adversarial-training
        with: {epochs: 1}
        model: {card: models/mnist-lenet5}
        attack: {use: fgsm, with: {epsilon: 0.1}}
      data: {dataset: {use: mnist, with: {split: test}, take: 20}}
      validation: {every: 4}
      out: made
      """;

  @Test
  void aTrainingThatStartsFromAModelIsValid() throws Exception {
    Result result = hone.runHere("validate", write(HARDENING).toString(), "--limit=10");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("training.yaml is valid: adversarial-training makes ");
    assertNothingWasTrained();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "use: adversarial-training | use: classifier |"
            + " :7:3: the trainer classifier takes no 'attack'; remove it",
        "models/mnist-lenet5 | models/mnist-denoiser |"
            + " :6:17: MODEL: a model of task classifier is needed",
        "models/mnist-lenet5 | models/cifar10-alexnet |"
            + " :8:17: the images of data set mnist are 1x28x28, but the model cifar10-alexnet takes",
        "epsilon: 0.1 | epsilon: 0.1, steps: 3 | :7:44: attack 'fgsm' has no 'steps'"
      })
  void whatATrainingCannotStartFromIsToldAtItsPlace(String from, String to, String expected)
      throws Exception {
    Result result = hone.runHere("validate", write(HARDENING.replace(from, to)).toString());

    assertThat(result.exitCode()).isEqualTo(2);
    String[] parts = expected.split("MODEL");
    assertThat(result.err()).contains("training.yaml" + parts[0]).contains(parts[parts.length - 1]);
    assertNothingWasTrained();
  }

  @ParameterizedTest
  @CsvSource({"mnist-lenet5, classifier", "mnist-denoiser, denoising-autoencoder"})
  void theTrainingsThatCameWithHoneAreValid(String name, String trainer) throws Exception {
    Path file = HoneProcess.checkout().resolve("scenarios/train/" + name + ".yaml");
    Result result =
        hone.runHere("validate", file.toString(), "--set", "data.dataset.with.split=test");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(trainer + " makes ");
  }

  @Test
  void everythingThatIsWrongWithTheFileIsToldAtOnce() throws Exception {
    Path file =
        write(
            TRAINING
                .replace("use: redundancy-autoencoder", "use: redundancy-autoencodre")
                .replace("use: fgsm", "use: fgms")
                .replace("split: test", "split: tset")
                .replace("{every: 4}", "{every: 1}"));
    Result result = hone.runHere("validate", file.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("training.yaml:3:14: there is no trainer 'redundancy-autoencodre'; did you mean")
        .contains("training.yaml:5:39: ", "training.yaml:9:32: ", "training.yaml:10:21: ")
        .contains("4 errors; nothing was run");
    assertNothingWasTrained();
  }

  static List<Arguments> whatDoesNotFit() {
    return List.of(
        Arguments.of("models/mnist-lenet5", "models/mnist-denoiser", "6:10: "),
        Arguments.of("models/mnist-lenet5", "torn.onnx", "6:17: "),
        Arguments.of("targeted: 4", "targeted: 12", "9:7: the goal of step fgsm names class 12"),
        Arguments.of(
            "{use: fgsm, with: {epsilon: 0.3}}",
            "{use: atn, with: {model: models/mnist-lenet5}}",
            "9:7: "),
        Arguments.of(
            "{every: 4}", "{use: mnist}", "10:13: redundancy-autoencoder is validated on pairs"),
        Arguments.of("out: made", "test: {use: mnist}\nout: made", "11:7: a test set measures"),
        Arguments.of(
            "use: mnist, with: {split: test, classes: [9]}",
            "use: numpy, with: {images: small.npy}",
            "5:12: the images of data set numpy are 1x6x6"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("whatDoesNotFit")
  void whatShowsOnlyOnceDataAndModelsAreOpenIsToldAtItsPlace(
      String from, String to, String expected) throws Exception {
    NumpyFiles.images(hone.file("small.npy"), 4, 6, 6);
    Files.writeString(hone.file("torn.onnx"), "half a model");
    assertThat(TRAINING).contains(from);
    Result result = hone.runHere("validate", write(TRAINING.replace(from, to)).toString());

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("training.yaml:" + expected);
    assertNothingWasTrained();
  }

  @Test
  void imagesThatANetworkCannotTakeAreFound() throws Exception {
    NumpyFiles.images(hone.file("odd.npy"), 8, 29, 29);
    Path file =
        write(
            """
            hone: 1
            name: tiny
            train: denoising-autoencoder
            data: {dataset: {use: numpy, with: {images: odd.npy}}}
            out: made
            """);
    Result result = hone.runHere("validate", file.toString());

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains("training.yaml:3:8: ", "from images of 1x29x29", "halve and double again");
  }

  private Path write(String text) throws Exception {
    return hone.write("training.yaml", text);
  }

  private void assertNothingWasTrained() {
    assertThat(hone.file("made")).doesNotExist();
    assertThat(hone.file("runs")).doesNotExist();
  }
}
