package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Protos;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadModelTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9\n";
  private static final Dimension ANY = Dimension.named("batch");

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);

  @TempDir Path folder;

  @Test
  void describesABareClassifier() {
    Path file = TinyModels.anySize(folder);
    ModelCard card = backend.describe(file).orElseThrow();
    assertThat(card.name()).isEqualTo("any-size");
    assertThat(card.file()).isEqualTo(file.toAbsolutePath());
    assertThat(card.sha256()).hasSize(64).isEqualTo(OnnxFile.read(file).sha256());
    assertThat(card.task()).isEqualTo(Task.CLASSIFIER);
    assertThat(card.input())
        .isEqualTo(
            new ModelCard.Input(
                Optional.of("image"),
                Layout.NCHW,
                3,
                Optional.empty(),
                Optional.empty(),
                Range.UNIT,
                List.of(),
                List.of()));
    assertThat(card.output().kind()).isEqualTo(OutputKind.SCORES);
    assertThat(card.output().classes()).isEqualTo(TinyModels.CLASSES);
  }

  @Test
  void recognisesProbabilitiesAndImages() {
    Path classifier = graph(Shape.of(ANY, Dimension.of(9), Dimension.of(9), Dimension.of(3)), true);
    ModelCard card = backend.describe(classifier).orElseThrow();
    assertThat(card.input().layout()).isEqualTo(Layout.NHWC);
    assertThat(card.input().height()).contains(9);
    assertThat(card.output().kind()).isEqualTo(OutputKind.PROBABILITIES);
    ModelCard transformer = backend.describe(TinyModels.transformer(folder, 1)).orElseThrow();
    assertThat(transformer.task()).isEqualTo(Task.IMAGE_TO_IMAGE);
    assertThat(transformer.output().kind()).isEqualTo(OutputKind.IMAGE);
  }

  @Test
  void asksForEverythingThatAGraphDoesNotTell() {
    Path file = graph(Shape.of(ANY, Dimension.of(9), Dimension.UNKNOWN, Dimension.of(9)), false);
    assertThatThrownBy(() -> backend.describe(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("model.yaml")
        .hasMessageContaining("input.layout")
        .hasMessageContaining("output.classes");
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    Path file = Files.createFile(folder.resolve("empty.onnx"));
    assertRefused(file).hasMessageContaining("empty");
  }

  @Test
  void refusesAMissingFile() {
    assertRefused(folder.resolve("absent.onnx")).hasMessageContaining("no such");
  }

  @Test
  void refusesWhatIsNoOnnx() throws Exception {
    Path file = folder.resolve("text.onnx");
    Files.write(file, "weights: none, really".getBytes(StandardCharsets.UTF_8));
    assertRefused(file).hasMessageContaining("not an ONNX model");
  }

  @Test
  void namesTheFileOfWeightsThatIsMissing() throws Exception {
    Path file = withWeightsIn("w.data");
    Path weights = folder.resolve("w.data");
    assertRefused(file)
        .hasMessageContainingAll(file.toString(), "'w'", weights.toString(), "copy it there")
        .hasMessageNotContaining("Exception");
    Files.writeString(weights, POINTER);
    assertRefused(file)
        .hasMessageContainingAll(
            file.toString(), weights + " is a Git LFS pointer", "git lfs pull");
    Files.write(weights, new byte[3]);
    assertRefused(file).hasMessageContainingAll("the file has 3", "copy both files again");
  }

  @Test
  void recognisesAPointerInsteadOfAModel() throws Exception {
    Path file = Files.writeString(folder.resolve("m.onnx"), POINTER);
    assertRefused(file).hasMessageContainingAll(file.toString(), "Git LFS pointer", "git lfs pull");
  }

  private Path withWeightsIn(String location) throws Exception {
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(ElementType.FLOAT.code())
            .addDims(100)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    ModelProto.Builder model =
        Protos.model(
            18,
            Protos.graph(Protos.node("Add", "x, w", "y"))
                .addInitializer(weights)
                .addInput(Protos.value("x", ElementType.FLOAT, 1))
                .addOutput(Protos.unshaped("y", ElementType.FLOAT)));
    return Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9, 0.99})
  void refusesATruncatedFile(double kept) throws Exception {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * kept)));
    assertRefused(file).hasMessageContaining("ONNX");
  }

  @Test
  void refusesAReplacedFile() throws Exception {
    ModelCard card = TinyModels.card(TinyModels.classifier(folder, ANY, Ending.LOGITS));
    TinyModels.classifier(folder, ANY, Ending.SOFTMAX);
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining(card.sha256());
  }

  @Test
  void namesEverythingInWhichACardDiffers() {
    Path file = TinyModels.classifier(folder, ANY, Ending.LOGITS);
    ModelCard card =
        new ModelCard(
            "wrong",
            file,
            OnnxFile.read(file).sha256(),
            Task.CLASSIFIER,
            new ModelCard.Input(
                Optional.empty(),
                Layout.NCHW,
                3,
                Optional.of(7),
                Optional.empty(),
                Range.UNIT,
                List.of(0.5f),
                List.of()),
            new ModelCard.Output(Optional.empty(), OutputKind.LOGITS, 10, List.of("one")),
            Map.of());
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("'wrong'")
        .hasMessageContaining("input.channels: the card says 3")
        .hasMessageContaining("input.height: the card says 7")
        .hasMessageContaining("input.width: the card says any")
        .hasMessageContaining("input.mean has 1 values")
        .hasMessageContaining("output.classes: the card says 10")
        .hasMessageContaining("names 1 classes of 10");
  }

  @Test
  void refusesAnAutoencoderWhereAClassifierIsNeeded() {
    ModelCard card = TinyModels.transformerCard(TinyModels.transformer(folder, 1));
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("image-to-image")
        .hasMessageContaining("classifier is needed");
  }

  @Test
  void refusesAClassifierWhereAnAutoencoderIsNeeded() {
    ModelCard card = TinyModels.card(TinyModels.classifier(folder, ANY, Ending.LOGITS));
    assertThatThrownBy(() -> backend.openImageTransformer(OnnxRuntimeBackend.Params.CPU, card, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("image-to-image is needed");
  }

  @Test
  void followsWhatAGraphWithoutShapesReturns() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(ANY, Dimension.of(2), Dimension.of(6), Dimension.of(6)));
    graph.output("scores", graph.node("Flatten", image).output());
    ModelCard card = TinyModels.card(write(graph));
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("[batch, 72]")
        .hasMessageContaining("the card says 4");
  }

  @Test
  void findsOutWhatOnlyRunningTells() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(ANY, Dimension.of(2), Dimension.of(6), Dimension.of(6)));
    graph.output("scores", withoutTellingItsSize(graph, graph.node("Flatten", image).output()));
    ModelCard card = TinyModels.card(write(graph));
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("returns [0]")
        .hasMessageContaining("promises [4]");
  }

  /** Places of what is not zero, of which black images have none. */
  private static Value withoutTellingItsSize(GraphEditor graph, Value value) {
    return graph
        .node("Cast", graph.op("NonZero", value))
        .with("to", (long) ElementType.FLOAT.code())
        .output();
  }

  @Test
  void passesOnWhyOnnxRuntimeRefusesAModel() {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(ANY, Dimension.of(2), Dimension.of(6), Dimension.of(6)));
    graph.output("scores", graph.op("Frobnicate", image));
    ModelCard card = TinyModels.card(write(graph));
    assertThatThrownBy(() -> open(card))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("operator Frobnicate, which ONNX's opset 18 does not have");
  }

  private Path graph(Shape input, boolean classifies) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, input);
    Value pooled = graph.op("GlobalAveragePool", image);
    Value flat = graph.node("Flatten", pooled).output();
    Value soft = graph.node("Softmax", flat).output();
    Value result = classifies ? soft : withoutTellingItsSize(graph, soft);
    Shape unknown = Shape.of(ANY, Dimension.UNKNOWN);
    graph.output(result, ElementType.FLOAT, classifies ? Shape.of(ANY, Dimension.of(9)) : unknown);
    return write(graph);
  }

  private Path write(GraphEditor graph) {
    try {
      return Files.write(folder.resolve("model.onnx"), graph.build("model").toBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void open(ModelCard card) {
    backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run).close();
  }

  private AbstractThrowableAssert<?, ?> assertRefused(Path file) {
    return assertThatThrownBy(() -> backend.describe(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString());
  }
}
