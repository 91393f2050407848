package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One dense network of 2 x 3 x 4 images, written for every shape of inputs and outputs. */
class ModelShapesTest {
  private static final int FEATURES = 24;
  private static final int CLASSES = 5;
  private static final Dimension BATCH = Dimension.named("N");

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);
  private final float[] weights = uniform(FEATURES * CLASSES);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "N 2 3 4,N 5",
    "N 24,N 5",
    "1 24 1,1 5",
    "7 24,7 5",
    "N 2 12,N 5 1 1",
    "1 2 3 4,5",
    "24,5",
    "2 3 4,1 5",
    "N ? ? ?,N 5",
    "?,? ?",
    "N 6 4,N 1 5",
    "1 24,1 5 1",
    "undeclared,undeclared"
  })
  void everyShapeGivesTheSameLogitsAndGradients(String input, String output) {
    Tensor images = TinyModels.images(3, 6, 2, 3, 4);
    try (DifferentiableClassifier classifier =
        (DifferentiableClassifier) open(model(input, output, "Tanh"), Layout.NCHW, CLASSES)) {
      check(classifier, images, index -> index);
    }
    assertThat(run.notices())
        .allMatch(notice -> notice.contains("free") || notice.contains("at a time"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"N 3 4 2", "N 24", "24", "N 12 2"})
  void flatValuesOfAChannelsLastModelAreInItsOrder(String input) {
    Tensor images = TinyModels.images(3, 4, 2, 3, 4);
    try (DifferentiableClassifier classifier =
        (DifferentiableClassifier) open(model(input, "N 5", "Tanh"), Layout.NHWC, CLASSES)) {
      check(classifier, images, index -> index % 12 * 2 + index / 12);
    }
  }

  @Test
  void greyImagesOfAnySizeMayComeWithoutChannels() {
    GraphEditor graph = GraphEditor.create(11);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.named("h"), Dimension.named("w")));
    Value means =
        graph
            .node("ReduceMean", image)
            .with("axes", new long[] {1, 2})
            .with("keepdims", 0)
            .output();
    Value column = graph.node("Unsqueeze", means).with("axes", new long[] {1}).output();
    graph.output(
        "scores",
        graph.op("Mul", column, graph.constant(ConstantTensor.floats(new float[] {1, -2}, 2))));
    ModelCard card = card(write(graph), Layout.NCHW, 1, Optional.empty(), Optional.empty(), 2);
    try (Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      for (int size : new int[] {3, 8}) {
        Tensor images = TinyModels.images(1, 3, 1, size, 5);
        float mean = 0;
        for (float value : images.row(1)) {
          mean += value / images.rowSize();
        }
        assertThat(classifier.logits(batch(images)).row(1))
            .containsExactly(new float[] {mean, -2 * mean}, within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"Sigmoid,LOGITS", "Sigmoid,PROBABILITIES", "Tanh,LOGITS"})
  void oneNumberPerImageTellsTwoClasses(String ending, OutputKind kind) {
    for (String output : List.of("N 1", "N", "N 1 1")) {
      Path file = model("N 24", output, ending, 1);
      ModelCard card = card(file, Layout.NCHW, 2, Optional.of(3), Optional.of(4), 2, kind);
      Tensor images = TinyModels.images(5, 4, 2, 3, 4);
      try (DifferentiableClassifier classifier =
          (DifferentiableClassifier)
              backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
        for (int row = 0; row < 4; row++) {
          double z = score(images.row(row), 0, 1, index -> index);
          double expected = ending.equals("Tanh") ? Math.tanh(z) : z;
          assertThat(classifier.logits(batch(images)).row(row))
              .containsExactly(new float[] {0, (float) expected}, within(1e-5f));
        }
        LossGradient gradient =
            classifier.lossGradient(batch(images), Loss.crossEntropy(true), new int[] {1, 0, 1, 0});
        assertThat(gradient.losses()).hasSize(4);
      }
    }
    assertThat(run.notices())
        .allMatch(
            notice -> notice.contains("two classes") || notice.contains("the card says logits"));
  }

  @Test
  void oneProbabilityWithoutSigmoidIsTakenForTheSecondClass() {
    Path file = model("N 24", "N 1", "HardSigmoid", 1);
    ModelCard card =
        card(file, Layout.NCHW, 2, Optional.of(3), Optional.of(4), 2, OutputKind.PROBABILITIES);
    Tensor images = TinyModels.images(5, 2, 2, 3, 4);
    try (Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      for (int row = 0; row < 2; row++) {
        double z = score(images.row(row), 0, 1, index -> index);
        double p = Math.max(0, Math.min(1, 0.2 * z + 0.5));
        assertThat(classifier.logits(batch(images)).row(row))
            .containsExactly(
                new float[] {(float) Math.log(1 - p), (float) Math.log(p)}, within(1e-5f));
      }
    }
    assertThat(run.notices())
        .anyMatch(notice -> notice.contains("two classes"))
        .anyMatch(notice -> notice.contains("logarithm"));
  }

  @Test
  void aBareFlatModelThatHoldsNoImagesOfTheDataSetAsksForTheirSizes() {
    CardDraft draft = CardDraft.of(model("1 24 1", "1 5", "Tanh"));
    assertThatThrownBy(() -> backend.complete(draft.forImages(new ImageShape(1, 5, 5))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("input.channels, input.height and input.width")
        .hasMessageContaining("[1, 24, 1]")
        .hasMessageContaining("1x5x5");
  }

  @Test
  void aBareModelOfGreySquaresTellsThemItself() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input("image", ElementType.FLOAT, Shape.of(BATCH, Dimension.of(6), Dimension.of(6)));
    graph.output("scores", graph.node("Flatten", image).output());
    ModelCard card = backend.describe(write(graph)).orElseThrow();
    assertThat(card.input().sizes()).isEqualTo("1x6x6");
    assertThat(card.output().classes()).isEqualTo(36);
  }

  @Test
  void aBareModelWithOneNumberPerImageTellsTwoClasses() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(1), Dimension.of(6), Dimension.of(6)));
    Value mean = graph.node("Flatten", graph.op("GlobalAveragePool", image)).output();
    graph.output("scores", graph.op("Sigmoid", mean));
    ModelCard card = backend.describe(write(graph)).orElseThrow();
    assertThat(card.output().classes()).isEqualTo(2);
    assertThat(card.output().kind()).isEqualTo(OutputKind.PROBABILITIES);
  }

  @Test
  void theFirstOfSeveralOutputsIsTakenAndSaidSo() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(1), Dimension.of(6), Dimension.of(6)));
    Value rows = graph.node("Flatten", image).output();
    graph.output("scores", graph.op("Tanh", rows));
    graph.output("auxiliary", graph.op("Neg", rows));
    ModelCard card = backend.describe(write(graph)).orElseThrow();
    assertThat(card.output().name()).contains("scores");
    backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run).close();
    assertThat(run.notices())
        .anyMatch(notice -> notice.contains("scores, auxiliary") && notice.contains("is used"));
  }

  @Test
  void aFlatModelThatHoldsNoSuchImagesIsRefused() {
    assertThatThrownBy(() -> open(model("N 23", "N 5", "Tanh"), Layout.NCHW, CLASSES))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("[N, 23]")
        .hasMessageContaining("2x3x4");
  }

  @Test
  void aModelThatSaysAnySizeAndTakesOneTellsBoth() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(1), Dimension.named("h"), Dimension.named("w")));
    Value weights = graph.constant(ConstantTensor.floats(new float[32], 16, 2));
    graph.output("scores", graph.op("MatMul", graph.node("Flatten", image).output(), weights));
    ModelCard card = backend.describe(write(graph)).orElseThrow();
    try (Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertThat(classifier.logits(batch(Tensor.zeros(3, 1, 4, 4))).rows()).isEqualTo(3);
      assertThat(classifier.logits(batch(Tensor.zeros(3, 1, 2, 8))).rows()).isEqualTo(3);
      assertThatThrownBy(() -> classifier.logits(batch(Tensor.zeros(3, 1, 5, 4))))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("1x5x4")
          .hasMessageContaining("1xanyxany");
    }
  }

  @Test
  void scoresOfAnotherNumberOfClassesAreRefused() {
    assertThatThrownBy(() -> open(model("N 24", "N 5 1", "Tanh"), Layout.NCHW, 4))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("output.classes: the card says 4")
        .hasMessageContaining("[N, 5, 1]");
  }

  private void check(DifferentiableClassifier classifier, Tensor images, IntUnaryOperator order) {
    Tensor logits = classifier.logits(batch(images));
    Tensor cotangent = Tensor.zeros(images.rows(), CLASSES);
    for (int row = 0; row < images.rows(); row++) {
      cotangent.set(row, row % CLASSES, 1);
    }
    Tensor gradient = classifier.vjp(batch(images), cotangent);
    assertThat(gradient.shape()).isEqualTo(images.shape());
    for (int row = 0; row < images.rows(); row++) {
      for (int k = 0; k < CLASSES; k++) {
        double expected = Math.tanh(score(images.row(row), k, CLASSES, order));
        assertThat(logits.get(row, k)).isCloseTo((float) expected, within(1e-5f));
      }
      double slope = 1 - Math.pow(logits.get(row, row % CLASSES), 2);
      for (int feature = 0; feature < FEATURES; feature++) {
        double expected = slope * weights[order.applyAsInt(feature) * CLASSES + row % CLASSES];
        assertThat(gradient.get(row, feature)).isCloseTo((float) expected, within(1e-5f));
      }
    }
  }

  private double score(float[] image, int column, int columns, IntUnaryOperator order) {
    double sum = 0;
    for (int feature = 0; feature < FEATURES; feature++) {
      sum += (double) image[feature] * weights[order.applyAsInt(feature) * columns + column];
    }
    return sum;
  }

  private Path model(String input, String output, String ending) {
    return model(input, output, ending, CLASSES);
  }

  private Path model(String input, String output, String ending, int columns) {
    GraphEditor graph = GraphEditor.create(14);
    Optional<Shape> declared = shape(input);
    Value image = graph.input("image", ElementType.FLOAT, declared.orElse(Shape.of(BATCH, BATCH)));
    if (declared.isEmpty()) {
      graph.replaceInputs(info -> new TensorInfo(info.name(), info.type(), Optional.empty()));
    }
    Value rows = graph.op("Reshape", image, graph.list(-1, FEATURES));
    Value dense =
        graph.op(
            "MatMul",
            rows,
            graph.constant(
                ConstantTensor.floats(
                    Arrays.copyOf(weights, FEATURES * columns), FEATURES, columns)));
    Value scores = graph.op(ending, dense);
    Optional<Shape> returned = shape(output);
    if (returned.isPresent() && !output.equals("N 5") && !output.equals("? ?")) {
      long[] sizes = returned.get().sizes();
      graph.output(
          graph.op("Reshape", scores, graph.list(sizes)), ElementType.FLOAT, returned.get());
    } else {
      graph.output(scores, ElementType.FLOAT, returned.orElse(null));
    }
    return write(graph);
  }

  private static Optional<Shape> shape(String axes) {
    if (axes.equals("undeclared")) {
      return Optional.empty();
    }
    return Optional.of(
        new Shape(
            List.of(axes.split(" ")).stream()
                .map(
                    axis ->
                        axis.matches("\\d+")
                            ? Dimension.of(Long.parseLong(axis))
                            : axis.equals("?") ? Dimension.UNKNOWN : Dimension.named(axis))
                .toList()));
  }

  private Classifier open(Path file, Layout layout, int classes) {
    ModelCard card = card(file, layout, 2, Optional.of(3), Optional.of(4), classes);
    return backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run);
  }

  private static ModelCard card(
      Path file,
      Layout layout,
      int channels,
      Optional<Integer> height,
      Optional<Integer> width,
      int classes) {
    return card(file, layout, channels, height, width, classes, OutputKind.LOGITS);
  }

  private static ModelCard card(
      Path file,
      Layout layout,
      int channels,
      Optional<Integer> height,
      Optional<Integer> width,
      int classes,
      OutputKind kind) {
    return new ModelCard(
        "tiny",
        file,
        "",
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(), layout, channels, height, width, Range.UNIT, List.of(), List.of()),
        new ModelCard.Output(Optional.empty(), kind, classes, List.of()),
        Map.of());
  }

  private Path write(GraphEditor graph) {
    try {
      return Files.write(folder.resolve("model.onnx"), graph.build("tiny").toBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static float[] uniform(int count) {
    Random random = new Random(4);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 0.6f - 0.3f;
    }
    return values;
  }

  private static ImageBatch batch(Tensor images) {
    return new ImageBatch(images, new long[images.rows()]);
  }
}
