package io.hone.onnxruntime.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.DatasetRequest;
import io.hone.api.UnknownShapeException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.api.run.TrustFlag;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BareInputTest {
  private static final Shape COLOURS = Shape.of(Dimension.named("N"), size(3), size(4), size(4));
  private static final float[] RGB = {0.485f, 0.456f, 0.406f};
  private static final float[] BGR_255 = {103.939f, 116.779f, 123.68f};

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"UINT16", "INT16", "INT32", "UINT32", "INT64"})
  void wholeNumbersDividedBy255AreGreyValues(ElementType type) {
    CompletedCard card = bare(type, (graph, x) -> divided(graph, x, 255));
    assertThat(card.card().input().range()).isEqualTo(new Range(0, 255));
    assertThat(card.notices()).anyMatch(notice -> notice.contains("divides pixels by 255"));
    try (Classifier model =
        backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card.card(), run)) {
      Tensor white = Tensor.zeros(1, 3, 4, 4);
      for (int i = 0; i < white.rowSize(); i++) {
        white.set(0, i, 1);
      }
      assertThat(model.logits(new ImageBatch(white, new long[1])).row(0)).containsExactly(1, 1, 1);
    }
    // Java cannot feed all of these types; a Cast in front helps.
    assertThat(run.notices()).noneMatch(notice -> notice.contains("could not be compared"));
  }

  @Test
  void aRowOfScoresWithoutABatchBelongsToOneGreyImage() throws IOException {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(size(4), size(4)));
    Value flat = graph.op("Reshape", image, graph.list(1, 16));
    float[] weights = new float[48];
    weights[2] = 1;
    Value row = graph.op("MatMul", flat, graph.constant(ConstantTensor.floats(weights, 16, 3)));
    graph.output(
        graph.rename(graph.op("Reshape", row, graph.list(3)), "scores"),
        ElementType.FLOAT,
        Shape.of(size(3)));
    Path file = Files.write(folder.resolve("model.onnx"), graph.build("tiny").toBytes());
    ModelCard card = complete(CardDraft.of(file).forImages(new ImageShape(1, 4, 4))).card();
    assertThat(card.output().classes()).isEqualTo(3);
    try (Classifier model = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      Tensor bright = Tensor.zeros(1, 1, 4, 4);
      bright.set(0, 0, 1);
      assertThat(model.predict(new ImageBatch(bright, new long[1]))).containsExactly(2);
    }
  }

  @Test
  void pixelsThatAreClippedFirstAreFollowedFurther() {
    CompletedCard card =
        bare(
            ElementType.FLOAT,
            (graph, x) ->
                divided(graph, graph.op("Clip", x, graph.scalar(0), graph.scalar(255)), 255));
    assertThat(card.card().input().range()).isEqualTo(new Range(0, 255));
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"UINT16", "INT32", "INT64"})
  void wholeNumbersOfWhichNothingIsToldAreGreyValuesWithANotice(ElementType type) {
    CompletedCard card = bare(type, (graph, x) -> x);
    assertThat(card.card().input().range()).isEqualTo(new Range(0, 255));
    assertThat(card.notices()).anyMatch(notice -> notice.contains("0 to 255 are assumed"));
  }

  @ParameterizedTest
  @CsvSource({
    "UINT16,65535,65535",
    "INT32,65536,65535",
    "INT32,1023,1023",
    "FLOAT,255,255",
    "FLOAT,256,255",
    "FLOAT,127.5,255",
    "UINT16,32767.5,65535"
  })
  void aDivisorTellsWhite(ElementType type, float divisor, float white) {
    CompletedCard card = bare(type, (graph, x) -> divided(graph, x, divisor));
    assertThat(card.card().input().range()).isEqualTo(new Range(0, white));
  }

  @Test
  void floatsMultipliedByAPartOf255AreGreyValues() {
    CompletedCard card =
        bare(ElementType.FLOAT, (graph, x) -> graph.op("Mul", x, graph.scalar(1 / 255f)));
    assertThat(card.card().input().range()).isEqualTo(new Range(0, 255));
    assertThat(card.notices()).hasSize(1);
    assertThat(card.notices().get(0)).contains("0 to 255").contains("hone model card");
  }

  @Test
  void meansOfGreyValuesTellTheRangeAndTheOrderOfChannels() {
    CompletedCard card =
        bare(
            ElementType.FLOAT,
            (graph, x) ->
                graph.op("Sub", x, graph.constant(ConstantTensor.floats(BGR_255, 1, 3, 1, 1))));
    assertThat(card.card().input().range()).isEqualTo(new Range(0, 255));
    assertThat(card.card().input().order()).isEqualTo(Order.BGR);
    assertThat(card.notices()).anyMatch(notice -> notice.contains("blue"));
  }

  @Test
  void meansOfTheUnitRangeTellIt() {
    CompletedCard card =
        bare(
            ElementType.FLOAT,
            (graph, x) -> graph.op("Sub", x, graph.constant(ConstantTensor.floats(RGB, 3, 1, 1))));
    assertThat(card.card().input().range()).isEqualTo(Range.UNIT);
    assertThat(card.card().input().order()).isEqualTo(Order.RGB);
    assertThat(card.notices()).isEmpty();
  }

  @Test
  void pixelsFromMinusOneToOneAreRecognised() {
    CompletedCard card =
        bare(
            ElementType.FLOAT,
            (graph, x) ->
                graph.op("Mul", graph.op("Add", x, graph.scalar(1)), graph.scalar(127.5f)));
    assertThat(card.card().input().range()).isEqualTo(new Range(-1, 1));
  }

  @Test
  void whereNothingTellsTheAssumptionIsTold() {
    CompletedCard card = bare(ElementType.FLOAT, (graph, x) -> x);
    assertThat(card.card().input().range()).isEqualTo(Range.UNIT);
    assertThat(card.notices())
        .singleElement()
        .asString()
        .contains("RGB in [0, 1]")
        .contains("hone model card");
    assertThat(card.doubts()).isEmpty();
  }

  @Test
  void signedBytesAreUnderstoodByWhatIsAddedToThem() {
    CompletedCard card =
        bare(
            ElementType.INT8,
            (graph, x) -> divided(graph, graph.op("Add", x, graph.scalar(128)), 255));
    assertThat(card.card().input().range()).isEqualTo(new Range(-128, 127));
  }

  @Test
  void signedBytesOfWhichNothingIsToldAreAskedFor() {
    assertThatThrownBy(() -> bare(ElementType.INT8, (graph, x) -> divided(graph, x, 127)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("input.range")
        .hasMessageContaining("[-128, 127]");
  }

  @Test
  void theZeroOfDequantisedBytesTellsTheirRange() {
    CompletedCard card = quantised(ElementType.INT8, -128, 1 / 255f);
    assertThat(card.card().input().range()).isEqualTo(new Range(-128, 127));
    try (Classifier model =
        backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card.card(), run)) {
      Tensor grey = Tensor.zeros(2, 3, 4, 4);
      for (int i = 0; i < grey.rowSize(); i++) {
        grey.set(1, i, 1);
      }
      Tensor logits = model.logits(new ImageBatch(grey, new long[2]));
      assertThat(logits.get(0, 0)).isEqualTo(0);
      assertThat((double) logits.get(1, 0)).isCloseTo(1, Assertions.within(1e-6));
    }
    assertThat(quantised(ElementType.UINT8, 128, 1 / 127.5f).card().input().range())
        .isEqualTo(new Range(0, 255));
  }

  @ParameterizedTest
  @CsvSource({"UINT8,0,1", "INT32,0,1", "UINT8,-1,1", "UINT8,0,65535", "INT8,0,255"})
  void aRangeThatTheTypeCannotHoldIsRefused(ElementType type, float low, float high) {
    Path file = model(type, COLOURS, (graph, x) -> divided(graph, x, 255));
    ModelCard card = card(file, Order.RGB, new Range(low, high), List.of());
    assertThatThrownBy(() -> backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("input.range")
        .hasMessageContaining(type.toString());
  }

  @Test
  void aCardWinsAndIsDoubtedWhereItContradictsTheGraph() {
    Path file = model(ElementType.FLOAT, COLOURS, (graph, x) -> divided(graph, x, 255));
    open(card(file, Order.RGB, new Range(0, 255), List.of()));
    assertThat(run.notices()).isEmpty();
    open(card(file, Order.RGB, Range.UNIT, List.of()));
    assertThat(run.notices())
        .singleElement()
        .asString()
        .contains("0 to 1")
        .contains("pixels of 0 to 255");
  }

  @Test
  void aMeanOfAnotherRangeIsDoubted() {
    Path file = model(ElementType.FLOAT, COLOURS, (graph, x) -> x);
    open(card(file, Order.RGB, new Range(0, 255), List.of(0.485f, 0.456f, 0.406f)));
    assertThat(run.notices()).singleElement().asString().contains("input.mean");
  }

  @Test
  void meansInTheOtherOrderOfChannelsAreDoubted() {
    Path file = model(ElementType.FLOAT, COLOURS, (graph, x) -> x);
    open(card(file, Order.BGR, new Range(0, 255), List.of(103.939f, 116.779f, 123.68f)));
    assertThat(run.notices()).isEmpty();
    open(card(file, Order.RGB, new Range(0, 255), List.of(103.939f, 116.779f, 123.68f)));
    assertThat(run.notices()).singleElement().asString().contains("input.order rgb", "bgr");
  }

  @Test
  void blueFirstTurnsTheChannelsBeforeMeanAndRange() {
    Path file = model(ElementType.FLOAT, COLOURS, (graph, x) -> x);
    ModelCard card = card(file, Order.BGR, new Range(0, 255), List.of(10f, 20f, 30f));
    Tensor image = Tensor.zeros(1, 3, 4, 4);
    for (int i = 0; i < image.rowSize(); i++) {
      image.set(0, i, i < 16 ? 1 : i < 32 ? 0.4f : 0.2f);
    }
    try (Classifier model = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      // The tiny network returns the mean of each channel: blue less 10, green less 20, red less
      // 30.
      assertThat(model.logits(new ImageBatch(image, new long[1])).row(0))
          .containsExactly(new float[] {41, 82, 225}, Assertions.within(1e-3f));
      Tensor cotangent = Tensor.zeros(1, 3);
      cotangent.set(0, 0, 1);
      Tensor slope =
          ((DifferentiableClassifier) model).vjp(new ImageBatch(image, new long[1]), cotangent);
      assertThat(slope.get(0, 0)).isEqualTo(0);
      assertThat((double) slope.get(0, 40)).isCloseTo(255 / 16.0, Assertions.within(1e-3));
    }
  }

  @Test
  void blueFirstNeedsThreeChannels() {
    Path file =
        model(
            ElementType.FLOAT,
            Shape.of(Dimension.named("N"), size(1), size(4), size(4)),
            (graph, x) -> x);
    ModelCard grey =
        new ModelCard(
            "grey",
            file,
            "",
            Task.CLASSIFIER,
            new ModelCard.Input(
                Optional.empty(),
                Layout.NCHW,
                Order.BGR,
                1,
                Optional.of(4),
                Optional.of(4),
                Range.UNIT,
                List.of(),
                List.of()),
            new ModelCard.Output(Optional.empty(), OutputKind.LOGITS, 3, List.of()),
            Map.of());
    assertThatThrownBy(() -> open(grey))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("bgr needs 3 channels");
  }

  @ParameterizedTest
  @CsvSource({
    "1 784 1,1x28x28",
    "N 784,1x28x28",
    "784,1x28x28",
    "N 28 28,1x28x28",
    "N 32 24,1x32x24"
  })
  void imagesTellTheShapeOfAFlatInput(String axes, String image) {
    CompletedCard card = flat(axes, image);
    assertThat(card.card().input().sizes()).isEqualTo(image);
    assertThat(card.shapeTold()).isTrue();
    assertThat(card.doubts()).isEmpty();
  }

  @Test
  void theOrderOfFlatColoursIsDoubted() {
    CompletedCard card = flat("N 3072", "3x32x32");
    assertThat(card.card().input().sizes()).isEqualTo("3x32x32");
    assertThat(card.card().input().layout()).isEqualTo(Layout.NCHW);
    assertThat(card.doubts())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.code()).isEqualTo(TrustFlag.ASSUMED_INPUT);
              assertThat(flag.text()).contains("channel by channel");
            });
  }

  @Test
  void withoutImagesAFlatInputHasItsOwnAxes() {
    CompletedCard card = complete(CardDraft.of(flatModel("N 784")));
    assertThat(card.card().input().sizes()).isEqualTo("784x1x1");
    assertThat(card.shapeTold()).isFalse();
  }

  @Test
  void axesOfAnySizeWaitForTheImages() {
    CardDraft draft = CardDraft.of(flatModel("N N N N"));
    assertThatThrownBy(() -> complete(draft))
        .isInstanceOf(UnknownShapeException.class)
        .hasMessageContainingAll("model.yaml", "input.channels")
        .satisfies(
            open ->
                assertThat(((UnknownShapeException) open).request())
                    .isEqualTo(
                        new DatasetRequest(
                            List.of(),
                            Optional.of(2),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));
    CompletedCard grey = complete(draft.forImages(new ImageShape(1, 5, 4)));
    assertThat(grey.card().input().sizes()).isEqualTo("1x5x4");
    assertThat(grey.shapeTold()).isTrue();
    assertThat(grey.doubts()).isEmpty();
    assertThat(complete(draft.forImages(new ImageShape(3, 5, 4))).doubts())
        .singleElement()
        .satisfies(flag -> assertThat(flag.text()).contains("channel by channel"));
  }

  private CompletedCard flat(String axes, String image) {
    String[] sizes = image.split("x");
    return complete(
        CardDraft.of(flatModel(axes))
            .forImages(
                new ImageShape(
                    Integer.parseInt(sizes[0]),
                    Integer.parseInt(sizes[1]),
                    Integer.parseInt(sizes[2]))));
  }

  private Path flatModel(String axes) {
    List<Dimension> dimensions =
        List.of(axes.split(" ")).stream()
            .map(axis -> axis.equals("N") ? Dimension.named("N") : size(Long.parseLong(axis)))
            .toList();
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("x", ElementType.FLOAT, new Shape(dimensions));
    long features =
        dimensions.stream().mapToLong(axis -> Math.max(1, axis.size())).reduce(1, (a, b) -> a * b);
    Value rows = graph.op("Reshape", image, graph.list(-1, features));
    Value scores =
        graph.op(
            "MatMul",
            rows,
            graph.constant(ConstantTensor.floats(new float[(int) features * 2], features, 2)));
    graph.output(scores, ElementType.FLOAT, Shape.of(Dimension.named("N"), size(2)));
    return write(graph);
  }

  private CompletedCard bare(ElementType type, BiFunction<GraphEditor, Value, Value> first) {
    return complete(CardDraft.of(model(type, COLOURS, first)));
  }

  private CompletedCard complete(CardDraft draft) {
    return backend.complete(draft).orElseThrow();
  }

  private void open(ModelCard card) {
    backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run).close();
  }

  private static ModelCard card(Path file, Order order, Range range, List<Float> mean) {
    return new ModelCard(
        "tiny",
        file,
        "",
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(),
            Layout.NCHW,
            order,
            3,
            Optional.of(4),
            Optional.of(4),
            range,
            mean,
            List.of()),
        new ModelCard.Output(Optional.empty(), OutputKind.LOGITS, 3, List.of()),
        Map.of());
  }

  private static Value divided(GraphEditor graph, Value value, float divisor) {
    return graph.op("Div", value, graph.scalar(divisor));
  }

  /** Writes a network whose scores are the means of its channels, behind some first arithmetic. */
  private Path model(ElementType type, Shape shape, BiFunction<GraphEditor, Value, Value> first) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", type, shape);
    Value floats =
        type == ElementType.FLOAT
            ? image
            : graph.node("Cast", image).with("to", (long) ElementType.FLOAT.code()).output();
    return written(graph, first.apply(graph, floats), shape);
  }

  private Path written(GraphEditor graph, Value pixels, Shape shape) {
    Value means = graph.op("GlobalAveragePool", pixels);
    graph.output(
        graph.node("Flatten", means).output(),
        ElementType.FLOAT,
        Shape.of(Dimension.named("N"), shape.axis(1)));
    return write(graph);
  }

  private CompletedCard quantised(ElementType type, int zero, float scale) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", type, COLOURS);
    Value point =
        graph.constant(
            ConstantTensor.of(
                ai.onnx.proto.OnnxMl.TensorProto.newBuilder()
                    .setDataType(type.code())
                    .addInt32Data(zero)
                    .build()));
    Value floats = graph.op("DequantizeLinear", image, graph.scalar(scale), point);
    return complete(CardDraft.of(written(graph, floats, COLOURS)));
  }

  private Path write(GraphEditor graph) {
    try {
      return Files.write(folder.resolve("model.onnx"), graph.build("tiny").toBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Dimension size(long size) {
    return Dimension.of(size);
  }
}
