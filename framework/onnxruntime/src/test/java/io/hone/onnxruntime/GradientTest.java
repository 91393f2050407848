package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.LogitLoss;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.graph.Dimension;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients as attacks get them: of losses worked out here, to pixels in [0, 1]. */
class GradientTest {
  private static final Dimension ANY = Dimension.named("batch");
  private static final float STEP = 4e-3f;

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);

  @TempDir Path folder;

  static Stream<Loss> losses() {
    return Stream.of(
        Loss.crossEntropy(true),
        Loss.crossEntropy(false),
        Loss.margin(true, Float.POSITIVE_INFINITY),
        Loss.margin(false, Float.POSITIVE_INFINITY),
        Loss.margin(true, 0.05f),
        Loss.margin(false, 0.05f),
        Loss.dlr(true),
        Loss.dlr(false),
        Loss.probabilityMargin(true),
        Loss.probabilityMargin(false));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreesWithFiniteDifferences(Loss loss) {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      assertGradient(classifier, loss);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void passesThroughLayoutRangeMeanAndDeviation(Loss loss) {
    ModelCard card =
        TinyModels.card(
            TinyModels.channelsLast(folder),
            Layout.NHWC,
            new Range(-1, 1),
            List.of(0.1f, -0.2f),
            List.of(0.8f, 1.3f),
            OutputKind.LOGITS);
    try (DifferentiableClassifier classifier = open(card)) {
      assertGradient(classifier, loss);
    }
  }

  @Test
  void passesThroughTheLogarithmOfProbabilities() {
    ModelCard card =
        TinyModels.card(
            TinyModels.classifier(folder, ANY, Ending.SIGMOID),
            Layout.NCHW,
            Range.UNIT,
            List.of(),
            List.of(),
            OutputKind.PROBABILITIES);
    try (DifferentiableClassifier classifier = open(card)) {
      assertGradient(classifier, Loss.crossEntropy(false));
    }
  }

  @Test
  void aCotangentGivesTheSameGradientAsItsLoss() {
    Path file = TinyModels.classifier(folder, ANY, Ending.SOFTMAX);
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      Tensor images = TinyModels.images(6, 5, 2, 6, 6);
      int[] classes = {0, 1, 2, 3, 0};
      LossGradient expected =
          classifier.lossGradient(batch(images), Loss.crossEntropy(true), classes);
      Tensor cotangent = Tensor.zeros(5, TinyModels.CLASSES);
      for (int row = 0; row < 5; row++) {
        double[] softmax = softmax(expected.logits().row(row));
        for (int k = 0; k < TinyModels.CLASSES; k++) {
          cotangent.set(row, k, (float) (softmax[k] - (k == classes[row] ? 1 : 0)));
        }
      }
      Tensor actual = classifier.vjp(batch(images), cotangent);
      for (int row = 0; row < 5; row++) {
        assertThat(actual.row(row)).containsExactly(expected.gradient().row(row), within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void aRowDependsOnItselfAloneBitForBit(int batch) {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    Tensor images = TinyModels.images(1, 64, 2, 6, 6);
    int[] classes = new int[64];
    Arrays.setAll(classes, row -> row % TinyModels.CLASSES);
    Loss loss = Loss.margin(false, 3);
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      LossGradient whole = classifier.lossGradient(batch(images), loss, classes);
      for (int from = 0; from < 64; from += batch) {
        int to = Math.min(64, from + batch);
        LossGradient part =
            classifier.lossGradient(
                batch(images.rows(from, to)), loss, Arrays.copyOfRange(classes, from, to));
        for (int row = from; row < to; row++) {
          assertThat(part.gradient().row(row - from)).containsExactly(whole.gradient().row(row));
          assertThat(part.logits().row(row - from)).containsExactly(whole.logits().row(row));
          assertThat(part.losses()[row - from]).isEqualTo(whole.losses()[row]);
        }
      }
    }
  }

  @Test
  void theLogitsAreThoseOfTheForwardPass() {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    Tensor images = TinyModels.images(1, 9, 2, 6, 6);
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      Tensor forward = classifier.logits(batch(images));
      LossGradient gradient =
          classifier.lossGradient(batch(images), Loss.crossEntropy(false), new int[9]);
      for (int row = 0; row < 9; row++) {
        assertThat(gradient.logits().row(row)).containsExactly(forward.row(row), within(1e-6f));
      }
    }
  }

  @Test
  void aGraphWithAFixedBatchGivesGradientsOfAnyNumberOfImages() {
    Tensor images = TinyModels.images(1, 7, 2, 6, 6);
    int[] classes = {0, 1, 2, 3, 3, 2, 1};
    Loss loss = Loss.crossEntropy(false);
    Path free = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    try (DifferentiableClassifier classifier = open(TinyModels.card(free))) {
      Tensor expected = classifier.lossGradient(batch(images), loss, classes).gradient();
      Path fixed = TinyModels.classifier(folder, Dimension.of(3), Ending.LOGITS);
      try (DifferentiableClassifier chunked = open(TinyModels.card(fixed))) {
        Tensor actual = chunked.lossGradient(batch(images), loss, classes).gradient();
        for (int row = 0; row < 7; row++) {
          assertThat(actual.row(row)).containsExactly(expected.row(row), within(1e-6f));
        }
      }
    }
  }

  @Test
  void noImagesGiveNoGradients() {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      ImageBatch none = batch(Tensor.zeros(0, 2, 6, 6));
      LossGradient nothing = classifier.lossGradient(none, Loss.crossEntropy(true), new int[0]);
      assertThat(nothing.losses()).isEmpty();
      assertThat(nothing.gradient().shape()).containsExactly(0, 2, 6, 6);
      assertThat(classifier.vjp(none, Tensor.zeros(0, TinyModels.CLASSES)).rows()).isZero();
    }
  }

  @Test
  void nanStaysInItsOwnRow() {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    Tensor images = TinyModels.images(1, 3, 2, 6, 6);
    images.set(1, 0, Float.NaN);
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      LossGradient gradient =
          classifier.lossGradient(batch(images), Loss.crossEntropy(false), new int[3]);
      assertThat(gradient.losses()[0]).isFinite();
      assertThat(gradient.losses()[1]).isNaN();
      assertThat(gradient.losses()[2]).isFinite();
      assertThat(gradient.logits().argmax(1)).isEqualTo(-1);
      for (float value : gradient.gradient().row(0)) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void threadsThatAskForALossAtOnceShareOneGraph() throws Exception {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    Tensor images = TinyModels.images(1, 16, 2, 6, 6);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      List<Callable<Tensor>> calls = new ArrayList<>();
      for (int call = 0; call < 64; call++) {
        Loss loss = call % 2 == 0 ? Loss.crossEntropy(false) : Loss.margin(true, 1);
        calls.add(() -> classifier.lossGradient(batch(images), loss, new int[16]).gradient());
      }
      List<Future<Tensor>> results = threads.invokeAll(calls);
      for (int call = 2; call < 64; call++) {
        for (int row = 0; row < 16; row++) {
          assertThat(results.get(call).get().row(row))
              .containsExactly(results.get(call % 2).get().row(row));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aClassThatTheModelHasNotIsRefused() {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    ImageBatch images = batch(Tensor.zeros(2, 2, 6, 6));
    try (DifferentiableClassifier classifier = open(TinyModels.card(file))) {
      for (int wrong : new int[] {-1, TinyModels.CLASSES}) {
        assertThatThrownBy(
                () ->
                    classifier.lossGradient(images, Loss.crossEntropy(true), new int[] {0, wrong}))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no class " + wrong);
      }
    }
  }

  @Test
  void saysWhyAModelGivesNoGradients() {
    ModelCard card = backend.describe(TinyModels.withoutGradient(folder)).orElseThrow();
    try (Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertThat(classifier).isNotInstanceOf(DifferentiableClassifier.class);
      assertThat(classifier.gradientObstacle().orElseThrow())
          .contains("no-gradient.onnx", "Det of opset 18", "labels or scores");
      Tensor images = TinyModels.images(1, 2, 3, 8, 8);
      assertThat(classifier.logits(batch(images)).rows()).isEqualTo(2);
    }
  }

  private DifferentiableClassifier open(ModelCard card) {
    Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run);
    assertThat(classifier).isInstanceOf(DifferentiableClassifier.class);
    return (DifferentiableClassifier) classifier;
  }

  private static ImageBatch batch(Tensor images) {
    return new ImageBatch(images, new long[images.rows()]);
  }

  /** Compares every loss and every partial derivative of a few images. */
  private static void assertGradient(DifferentiableClassifier classifier, Loss loss) {
    int[] classes = {0, 1, 2, 3};
    Tensor images = TinyModels.images(8, classes.length, 2, 6, 6);
    LossGradient actual = classifier.lossGradient(batch(images), loss, classes);
    for (int row = 0; row < classes.length; row++) {
      int wanted = classes[row];
      assertThat((double) actual.losses()[row])
          .isCloseTo(value(loss, actual.logits().row(row), wanted), within(1e-5));
      double[] expected = differences(classifier, loss, images.row(row), wanted);
      double largest = 0;
      for (double derivative : expected) {
        largest = Math.max(largest, Math.abs(derivative));
      }
      for (int feature = 0; feature < expected.length; feature++) {
        assertThat((double) actual.gradient().get(row, feature))
            .isCloseTo(expected[feature], within(5e-3 * largest + 1e-5));
      }
    }
  }

  private static double[] differences(
      DifferentiableClassifier classifier, Loss loss, float[] image, int wanted) {
    // All neighbours of an image in one batch: feature i one step up in row 2i, down in 2i + 1.
    Tensor neighbours = Tensor.zeros(2 * image.length, 2, 6, 6);
    for (int feature = 0; feature < image.length; feature++) {
      neighbours.setRow(2 * feature, image);
      neighbours.set(2 * feature, feature, image[feature] + STEP);
      neighbours.setRow(2 * feature + 1, image);
      neighbours.set(2 * feature + 1, feature, image[feature] - STEP);
    }
    Tensor logits = classifier.logits(batch(neighbours));
    double[] derivatives = new double[image.length];
    for (int feature = 0; feature < image.length; feature++) {
      double up = value(loss, logits.row(2 * feature), wanted);
      double down = value(loss, logits.row(2 * feature + 1), wanted);
      derivatives[feature] = (up - down) / (2 * STEP);
    }
    return derivatives;
  }

  private static double value(Loss loss, float[] logits, int wanted) {
    if (loss instanceof Loss.DifferenceOfLogitsRatio || loss instanceof Loss.ProbabilityMargin) {
      return LogitLoss.of(loss, logits, wanted).value();
    }
    if (loss instanceof Loss.Margin margin) {
      double rival = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < logits.length; k++) {
        if (k != wanted) {
          rival = Math.max(rival, logits[k]);
        }
      }
      double gap = rival - logits[wanted];
      return Math.max(margin.targeted() ? gap : -gap, -margin.confidence());
    }
    double log = Math.log(softmax(logits)[wanted]);
    return loss.targeted() ? -log : log;
  }

  private static double[] softmax(float[] logits) {
    double[] powers = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      powers[k] = Math.exp(logits[k]);
      sum += powers[k];
    }
    for (int k = 0; k < logits.length; k++) {
      powers[k] /= sum;
    }
    return powers;
  }
}
