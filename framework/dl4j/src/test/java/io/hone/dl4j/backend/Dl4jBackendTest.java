package io.hone.dl4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.Task;
import io.hone.dl4j.samediff.EveryLayer;
import io.hone.dl4j.samediff.Inference;
import io.hone.dl4j.samediff.InferenceGraph;
import io.hone.network.Network;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Dl4jBackendTest {
  private static final Dl4jBackend.Params NONE = new Dl4jBackend.Params();

  @TempDir Path folder;

  private final Dl4jBackend backend = new Dl4jBackend();

  private DifferentiableClassifier open(ModelCard card) {
    return (DifferentiableClassifier) backend.openClassifier(NONE, card, new TestRun(1));
  }

  private static ImageBatch images(int count) {
    return new ImageBatch(EveryLayer.images(count, SavedModels.SHAPE, 5), new long[count]);
  }

  @Test
  void runsWhatATrainerSaved() {
    Network network = EveryLayer.classifier(SavedModels.SHAPE, SavedModels.CLASSES);
    Tensor expected =
        new Inference(new InferenceGraph(network, EveryLayer.weights(network, 3, 0.5)), network)
            .run(images(6).pixels());
    Tensor actual = open(SavedModels.classifier(folder)).logits(images(6));
    for (int row = 0; row < 6; row++) {
      assertThat(actual.row(row)).isEqualTo(expected.row(row));
    }
  }

  @Test
  void bareFileTellsItsCard() {
    ModelCard written = SavedModels.classifier(folder);
    ModelCard card = backend.describe(written.file()).orElseThrow();
    assertThat(card.task()).isEqualTo(Task.CLASSIFIER);
    assertThat(card.input().layout()).isEqualTo(Layout.NHWC);
    assertThat(card.input().channels()).isEqualTo(3);
    assertThat(card.input().height()).contains(6);
    assertThat(card.input().width()).contains(8);
    assertThat(card.output().classes()).isEqualTo(SavedModels.CLASSES);
    assertThat(open(card).logits(images(2)).rowSize()).isEqualTo(SavedModels.CLASSES);
    ModelCard images = backend.describe(SavedModels.autoencoder(folder).file()).orElseThrow();
    assertThat(images.task()).isEqualTo(Task.IMAGE_TO_IMAGE);
    assertThat(images.output().kind()).isEqualTo(OutputKind.IMAGE);
  }

  @Test
  void bareFileOfOthersAsksForACard() {
    Path file = SavedModels.foreign(folder, false).file();
    assertThatThrownBy(() -> backend.describe(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("foreign.sd")
        .hasMessageContaining("output.name")
        .hasMessageContaining("scores");
  }

  /** SameDiff alone finds no gradient here, since the image is first permuted. */
  @Test
  void gradientReachesImagesThatAreFirstPermuted() {
    Tensor cotangent = Tensor.zeros(2, SavedModels.CLASSES);
    cotangent.set(0, 1, 1);
    cotangent.set(1, 2, -1);
    Tensor gradient = open(SavedModels.foreign(folder, false)).vjp(images(2), cotangent);
    double size = 0;
    for (float value : gradient.row(0)) {
      size += Math.abs(value);
    }
    assertThat(size).isGreaterThan(0.1);
  }

  @Test
  void rangeMeanAndStdBelongToTheNetwork() {
    ModelCard plain = SavedModels.foreign(folder, false);
    ModelCard.Input unit = plain.input();
    ModelCard scaled =
        with(
            plain,
            new ModelCard.Input(
                unit.name(),
                unit.layout(),
                unit.channels(),
                unit.height(),
                unit.width(),
                new ModelCard.Range(-1, 1),
                List.of(0.5f, 0f, -0.5f),
                List.of(0.5f, 1f, 2f)));
    ImageBatch images = images(3);
    Tensor moved = images.pixels().copy();
    int pixels = SavedModels.SHAPE.pixels();
    float[] mean = {0.5f, 0f, -0.5f};
    float[] std = {0.5f, 1f, 2f};
    for (int row = 0; row < 3; row++) {
      for (int feature = 0; feature < moved.rowSize(); feature++) {
        int channel = feature / pixels;
        float ranged = moved.get(row, feature) * 2 - 1;
        moved.set(row, feature, (ranged - mean[channel]) / std[channel]);
      }
    }
    DifferentiableClassifier byCard = open(scaled);
    DifferentiableClassifier byHand = open(plain);
    Tensor cotangent = Tensor.of(new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 2}, 3, 4);
    Tensor logits = byCard.logits(images);
    Tensor expected = byHand.logits(images.with(moved));
    Tensor gradient = byCard.vjp(images, cotangent);
    Tensor inner = byHand.vjp(images.with(moved), cotangent);
    for (int row = 0; row < 3; row++) {
      assertThat(logits.row(row)).containsExactly(expected.row(row), within(1e-4f));
      for (int feature = 0; feature < gradient.rowSize(); feature++) {
        assertThat(gradient.get(row, feature))
            .isCloseTo(inner.get(row, feature) * 2 / std[feature / pixels], within(1e-4f));
      }
    }
  }

  private static ModelCard with(ModelCard card, ModelCard.Input input) {
    return new ModelCard(
        card.name(),
        card.file(),
        card.sha256(),
        card.task(),
        input,
        card.output(),
        card.training());
  }

  @Test
  void probabilitiesAreTurnedIntoLogitsAndItIsSaid() {
    TestRun run = new TestRun(1);
    ModelCard card = SavedModels.foreign(folder, true);
    Tensor logits = backend.openClassifier(NONE, card, run).logits(images(2));
    double sum = 0;
    for (float logit : logits.row(1)) {
      sum += Math.exp(logit);
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    assertThat(run.notices()).singleElement().asString().contains("logarithm");
  }

  @Test
  void whatIsNoNetworkIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(SavedModels.classifier(folder).file());
    for (byte[] content :
        List.of(new byte[0], new byte[100], Arrays.copyOf(whole, whole.length / 3))) {
      Path file = Files.write(folder.resolve("broken.sd"), content);
      ModelCard card =
          SavedModels.card(file, Task.CLASSIFIER, Layout.NHWC, OutputKind.LOGITS, "output");
      assertThatThrownBy(() -> open(card))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("broken.sd");
    }
  }

  @Test
  void cardThatDoesNotFitIsRefused() {
    ModelCard card = SavedModels.classifier(folder);
    Path file = card.file();
    assertRefused(
        SavedModels.card(file, Task.CLASSIFIER, Layout.NHWC, OutputKind.LOGITS, "nothing"),
        "no variable 'nothing'");
    assertRefused(
        SavedModels.card(
            folder.resolve("missing.sd"),
            Task.CLASSIFIER,
            Layout.NHWC,
            OutputKind.LOGITS,
            "output"),
        "no such file");
    assertRefused(SavedModels.autoencoder(folder), "is no classifier");
    assertRefused(
        new ModelCard(
            "saved", file, "00", card.task(), card.input(), card.output(), card.training()),
        "SHA-256");
    assertRefused(
        new ModelCard(
            "saved",
            file,
            "",
            card.task(),
            card.input(),
            new ModelCard.Output(Optional.of("output"), OutputKind.LOGITS, 7, List.of()),
            card.training()),
        "not the 7 classes");
  }

  private void assertRefused(ModelCard card, String problem) {
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void anAutoencoderThatReturnsOtherImagesIsRefused() {
    Path scores = SavedModels.classifier(folder).file();
    ModelCard card =
        SavedModels.card(scores, Task.IMAGE_TO_IMAGE, Layout.NHWC, OutputKind.IMAGE, "output");
    try (ImageTransformer transformer = backend.openImageTransformer(NONE, card, new TestRun(1))) {
      assertThatThrownBy(() -> transformer.accepts(SavedModels.SHAPE))
          .as("found out before any image is transformed")
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll(
              "classifier.sd", "3x6x8", "[4]", "[6, 8, 3]", "name another model");
      assertThatThrownBy(() -> transformer.transform(images(2).pixels()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("[4]");
    }
  }
}
