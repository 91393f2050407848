package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.ModelBackend;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.graph.Dimension;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.testkit.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeBackendTest {
  private static final Dimension ANY = Dimension.named("batch");

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);

  @TempDir Path folder;

  @Test
  void isFoundThroughServicesAlone() {
    assertThat(ServiceLoader.load(ModelBackend.class).stream().map(ServiceLoader.Provider::type))
        .contains(OnnxRuntimeBackend.class);
  }

  @Test
  void acceptsOnnxFilesOnly() {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    assertThat(backend.accepts(TinyModels.card(file))).isTrue();
    assertThat(backend.describe(folder.resolve("network.zip"))).isEmpty();
  }

  @Test
  void runsOnTheProcessorByDefault() {
    assertThat(backend.device(OnnxRuntimeBackend.Params.CPU, run)).isEqualTo("cpu");
    assertThat(run.notices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void aRowDependsOnItselfAloneBitForBit(int batch) {
    Tensor images = TinyModels.images(1, 64, 2, 6, 6);
    try (Classifier classifier = open(TinyModels.classifier(folder, ANY, Ending.LOGITS))) {
      Tensor whole = logits(classifier, images);
      for (int from = 0; from < images.rows(); from += batch) {
        int to = Math.min(images.rows(), from + batch);
        Tensor part = logits(classifier, images.rows(from, to));
        for (int row = from; row < to; row++) {
          assertThat(part.row(row - from)).containsExactly(whole.row(row));
        }
      }
    }
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    Tensor images = TinyModels.images(1, 96, 2, 6, 6);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Classifier classifier = open(TinyModels.classifier(folder, ANY, Ending.LOGITS))) {
      Tensor expected = logits(classifier, images);
      List<Callable<Void>> calls = new ArrayList<>();
      for (int call = 0; call < 200; call++) {
        int from = call % 48;
        int to = from + 1 + call % 40;
        calls.add(
            () -> {
              Tensor part = logits(classifier, images.rows(from, to));
              for (int row = from; row < to; row++) {
                assertThat(part.row(row - from)).containsExactly(expected.row(row));
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(calls)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void noImagesGiveNoRows() {
    try (Classifier classifier = open(TinyModels.classifier(folder, ANY, Ending.LOGITS))) {
      assertThat(logits(classifier, Tensor.zeros(0, 2, 6, 6)).shape()).containsExactly(0, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aGraphWithAFixedBatchTakesAnyNumberOfImages(int fixed) {
    Tensor images = TinyModels.images(2, 13, 2, 6, 6);
    try (Classifier free = open(TinyModels.classifier(folder, ANY, Ending.LOGITS))) {
      Tensor expected = logits(free, images);
      Path file = TinyModels.classifier(folder, Dimension.of(fixed), Ending.LOGITS);
      try (Classifier classifier = open(file)) {
        assertClose(logits(classifier, images), expected, 1e-6f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SOFTMAX", "SOFTMAX_THEN_SQUEEZE"})
  void findsTheLogitsBeforeASoftmax(Ending ending) {
    Tensor images = TinyModels.images(3, 8, 2, 6, 6);
    try (Classifier plain = open(TinyModels.classifier(folder, ANY, Ending.LOGITS))) {
      Tensor expected = logits(plain, images);
      try (Classifier soft = open(TinyModels.classifier(folder, ANY, ending))) {
        assertClose(logits(soft, images), expected, 0);
      }
    }
    assertThat(run.notices())
        .as("the card says logits")
        .allMatch(notice -> notice.contains("Write output.kind: probabilities"));
  }

  @Test
  void takesTheLogarithmOfProbabilitiesWithoutSoftmaxAndSaysSo() throws Exception {
    Path file = TinyModels.classifier(folder, ANY, Ending.SIGMOID);
    ModelCard card =
        TinyModels.card(
            file, Layout.NCHW, Range.UNIT, List.of(), List.of(), OutputKind.PROBABILITIES);
    Tensor images = TinyModels.images(3, 8, 2, 6, 6);
    Path plain =
        TinyModels.classifier(Files.createDirectory(folder.resolve("plain")), ANY, Ending.LOGITS);
    try (Classifier raw = open(plain);
        Classifier logarithm = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      Tensor expected = logits(raw, images);
      Tensor actual = logits(logarithm, images);
      for (int row = 0; row < 8; row++) {
        for (int k = 0; k < TinyModels.CLASSES; k++) {
          assertThat(actual.get(row, k))
              .isCloseTo((float) -Math.log1p(Math.exp(-expected.get(row, k))), within(1e-5f));
        }
      }
    }
    assertThat(run.notices())
        .anyMatch(notice -> notice.contains("tiny") && notice.contains("logarithm"))
        .anyMatch(notice -> notice.contains("do not sum to 1"));
  }

  @Test
  void layoutRangeMeanAndDeviationArePartOfTheModel() {
    List<Float> mean = List.of(120f, 100f);
    List<Float> std = List.of(60f, 50f);
    Range range = new Range(0, 255);
    Path file = TinyModels.channelsLast(folder);
    ModelCard card = TinyModels.card(file, Layout.NHWC, range, mean, std, OutputKind.LOGITS);
    Tensor images = TinyModels.images(4, 9, 2, 6, 6);
    Tensor normalised = images.copy();
    for (int row = 0; row < 9; row++) {
      for (int feature = 0; feature < 72; feature++) {
        int channel = feature / 36;
        float value = images.get(row, feature) * 255;
        normalised.set(row, feature, (value - mean.get(channel)) / std.get(channel));
      }
    }
    try (Classifier plain = open(TinyModels.classifier(folder, ANY, Ending.LOGITS));
        Classifier wrapped = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertClose(logits(wrapped, images), logits(plain, normalised), 1e-4f);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGITS", "SIGMOID"})
  void nanComesThroughInItsOwnRow(Ending ending) {
    Path file = TinyModels.classifier(folder, ANY, ending);
    OutputKind kind = ending == Ending.LOGITS ? OutputKind.LOGITS : OutputKind.PROBABILITIES;
    ModelCard card = TinyModels.card(file, Layout.NCHW, Range.UNIT, List.of(), List.of(), kind);
    Tensor images = TinyModels.images(5, 3, 2, 6, 6);
    images.set(1, 20, Float.NaN);
    try (Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertThat(classifier.predict(batch(images)))
          .satisfies(
              classes -> {
                assertThat(classes[0]).isNotNegative();
                assertThat(classes[1]).isEqualTo(-1);
                assertThat(classes[2]).isNotNegative();
              });
    }
  }

  @Test
  void aModelOfAnySizeTakesEverySizeAndNoOtherChannels() {
    ModelCard card = backend.describe(TinyModels.anySize(folder)).orElseThrow();
    try (Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertThat(classifier.accepts(new ImageShape(3, 20, 30))).isTrue();
      assertThat(classifier.accepts(new ImageShape(1, 20, 30))).isFalse();
      assertThat(logits(classifier, TinyModels.images(1, 2, 3, 20, 30)).shape())
          .containsExactly(2, 4);
      assertThat(logits(classifier, TinyModels.images(1, 3, 3, 5, 4)).shape())
          .containsExactly(3, 4);
    }
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    try (Classifier classifier = open(TinyModels.classifier(folder, ANY, Ending.LOGITS))) {
      assertThat(classifier.accepts(new ImageShape(2, 6, 7))).isFalse();
      assertThatThrownBy(() -> logits(classifier, Tensor.zeros(2, 2, 6, 7)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2x6x7");
    }
  }

  @Test
  void aClosedModelSaysSo() {
    Classifier classifier = open(TinyModels.classifier(folder, ANY, Ending.LOGITS));
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> logits(classifier, Tensor.zeros(2, 2, 6, 6)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closingWaitsForRunsUnderWay() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    Tensor images = TinyModels.images(1, 512, 2, 6, 6);
    try {
      for (int round = 0; round < 20; round++) {
        Classifier classifier = open(TinyModels.classifier(folder, ANY, Ending.LOGITS));
        List<Future<Boolean>> runs = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
          runs.add(threads.submit(() -> runsUntilClosed(classifier, images)));
        }
        Thread.sleep(5);
        classifier.close();
        for (Future<Boolean> finished : runs) {
          assertThat(finished.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean runsUntilClosed(Classifier classifier, Tensor images) {
    while (true) {
      try {
        logits(classifier, images);
      } catch (IllegalStateException closed) {
        return true;
      }
    }
  }

  @Test
  void transformsImagesOfAnySize() {
    Path file = TinyModels.transformer(folder, 1);
    ModelCard card = TinyModels.transformerCard(file);
    try (ImageTransformer transformer =
        backend.openImageTransformer(OnnxRuntimeBackend.Params.CPU, card, run)) {
      Tensor images = TinyModels.images(1, 3, 1, 5, 7);
      Tensor whole = transformer.transform(images);
      assertThat(whole.shape()).containsExactly(3, 1, 5, 7);
      assertThat(transformer.transform(images.rows(2, 3)).row(0)).containsExactly(whole.row(2));
      assertThat(transformer.transform(Tensor.zeros(0, 1, 5, 7)).rows()).isZero();
    }
  }

  @Test
  void aTransformerThatChangesTheShapeIsRefused() {
    ModelCard card = TinyModels.transformerCard(TinyModels.transformer(folder, 2));
    try (ImageTransformer transformer =
        backend.openImageTransformer(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertThatThrownBy(() -> transformer.accepts(new ImageShape(1, 8, 8)))
          .as("found out before any image is transformed")
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("1x8x8", "[1, 4, 4]", "name another model");
      assertThatThrownBy(() -> transformer.transform(Tensor.zeros(2, 1, 6, 6)))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("1x6x6", "[1, 3, 3]");
      assertThat(transformer.accepts(new ImageShape(2, 8, 8))).isFalse();
    }
  }

  private Classifier open(Path file) {
    return backend.openClassifier(OnnxRuntimeBackend.Params.CPU, TinyModels.card(file), run);
  }

  private static Tensor logits(Classifier classifier, Tensor images) {
    return classifier.logits(batch(images));
  }

  private static ImageBatch batch(Tensor images) {
    return new ImageBatch(images, new long[images.rows()]);
  }

  private static void assertClose(Tensor actual, Tensor expected, float tolerance) {
    assertThat(actual.shape()).containsExactly(expected.shape());
    for (int row = 0; row < actual.rows(); row++) {
      assertThat(actual.row(row)).containsExactly(expected.row(row), within(tolerance));
    }
  }
}
