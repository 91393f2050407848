package io.hone.onnxruntime.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import io.hone.api.BadInputException;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
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
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with other outputs than one row of scores, opened without a card. */
class OutputChoiceTest {
  private static final Dimension BATCH = Dimension.named("N");

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);
  private final GraphEditor graph = GraphEditor.create(18);
  private final Value image =
      graph.input(
          "image",
          ElementType.FLOAT,
          Shape.of(BATCH, Dimension.of(3), Dimension.of(8), Dimension.of(8)));
  private final Value features =
      graph.op("Tanh", dense(graph.node("Flatten", image).output(), 192, 12));
  private final Value scores = dense(features, 12, 5);

  @TempDir Path folder;

  @Test
  void aClassThatIsPickedNamesItsScores() {
    whole("class", graph.node("ArgMax", scores).with("axis", 1).output(), 1);
    graph.output("features", features);
    graph.output("scores", graph.node("Softmax", scores).with("axis", 1).output());
    assertChosen("scores", 5);
  }

  @Test
  void aClassWrittenAsFloatIsNoScore() {
    Value picked = graph.node("ArgMax", scores).with("axis", 1).output();
    graph.output("class", graph.node("Cast", picked).with("to", 1).output());
    graph.output("scores", scores);
    assertChosen("scores", 5);
  }

  @Test
  void featuresAreWhatScoresAreComputedOf() {
    graph.output("features", features);
    graph.output("scores", scores);
    assertChosen("scores", 5);
  }

  @Test
  void howSureAModelIsIsNoScore() {
    Value soft = graph.node("Softmax", scores).with("axis", 1).output();
    graph.output("confidence", graph.op("ReduceMax", soft, graph.list(1)));
    graph.output("probabilities", soft);
    assertChosen("probabilities", 5);
  }

  @Test
  void theBestOfAllNameTheirScores() {
    List<Value> best = graph.node("TopK", scores, graph.list(2)).with("axis", 1).outputs(2);
    graph.output("values", best.get(0));
    whole("indices", best.get(1), 2);
    graph.output("other", dense(features, 12, 7));
    graph.output("scores", scores);
    assertChosen("scores", 5);
  }

  @Test
  void theBestAloneAreAskedForTheirScores() {
    List<Value> best = graph.node("TopK", scores, graph.list(2)).with("axis", 1).outputs(2);
    graph.output("values", best.get(0));
    whole("indices", best.get(1), 2);
    assertRefused().hasMessageContaining("TopK").hasMessageContaining(scores.name());
  }

  @Test
  void scoresInBytesAreAskedForAsFloats() {
    Value soft = graph.node("Softmax", scores).with("axis", 1).output();
    Value bytes = graph.op("Mul", soft, graph.scalar(255));
    Value named =
        graph.rename(
            graph.node("Cast", bytes).with("to", (long) ElementType.UINT8.code()).output(),
            "bytes");
    graph.output(named, ElementType.UINT8, Shape.of(BATCH, Dimension.of(5)));
    assertRefused().hasMessageContaining("bytes [N, 5] of UINT8").hasMessageContaining("floats");
  }

  @Test
  void sequencesOfTensorsAreNoScores() throws IOException {
    graph.output("scores", graph.op("SequenceConstruct", scores));
    ModelProto.Builder model = graph.build("tiny").toProto().toBuilder();
    TypeProto tensor = model.getGraph().getOutput(0).getType();
    model
        .getGraphBuilder()
        .getOutputBuilder(0)
        .setType(
            TypeProto.newBuilder()
                .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(tensor)));
    Path file = Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    assertThatThrownBy(() -> backend.describe(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("scores, which is no tensor")
        .hasMessageContaining("no sequence or map")
        .hasMessageContaining("zipmap=False");
  }

  @Test
  void anotherInputThanImagesIsRefusedAtOnce() {
    Value further = graph.input("training", ElementType.FLOAT, Shape.of(BATCH, Dimension.of(5)));
    graph.output("scores", graph.op("Add", scores, further));
    assertRefused()
        .hasMessageContaining("image, training")
        .hasMessageContaining("constants")
        .hasMessageNotContaining("input.name");
  }

  @Test
  void twoKindsOfClassesAreAskedFor() {
    graph.output("age", dense(features, 12, 7));
    graph.output("kind", scores);
    assertRefused()
        .hasMessageContaining("age [N, 7]")
        .hasMessageContaining("kind [N, 5]")
        .hasMessageContaining("output.name");
  }

  @Test
  void oneNumberPerImageMayHaveNoAxisOfItsOwn() {
    Value column = graph.op("Squeeze", dense(features, 12, 1), graph.list(1));
    graph.output("score", graph.op("Sigmoid", column));
    assertChosen("score", 2);
  }

  @Test
  void detectorsAndSegmentationsAreCalledWhatTheyLookLike() {
    Value boxes = graph.op("Reshape", dense(features, 12, 40), graph.list(0, 10, 4));
    graph.output("boxes", boxes);
    graph.output("scores", dense(features, 12, 10));
    assertRefused().hasMessageContaining("object detector").hasMessageContaining("boxes");
  }

  @Test
  void scoresOfPixelsAreNoScoresOfImages() {
    Value kernel = graph.constant(ConstantTensor.floats(numbers(21 * 3), 21, 3, 1, 1));
    graph.output("masks", graph.op("Conv", image, kernel));
    assertRefused().hasMessageContaining("segments images").hasMessageContaining("[N, 21, 8, 8]");
  }

  @Test
  void cellsOfAGridAreNoScoresOfImages() {
    graph.output("cells", graph.op("Reshape", dense(features, 12, 90), graph.list(0, 15, 6)));
    assertRefused().hasMessageContaining("object detector").hasMessageContaining("[N, 15, 6]");
  }

  @Test
  void imagesOfTheSameChannelsAreAnAutoencoders() {
    Value kernel = graph.constant(ConstantTensor.floats(numbers(9), 3, 3, 1, 1));
    graph.output("image_out", graph.op("Conv", image, kernel));
    assertThat(card().task()).isEqualTo(Task.IMAGE_TO_IMAGE);
  }

  private void assertChosen(String output, int classes) {
    ModelCard card = card();
    assertThat(card.output().name()).contains(output);
    assertThat(card.output().classes()).isEqualTo(classes);
    try (Classifier opened = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertThat(opened.classes()).isEqualTo(classes);
    }
  }

  private AbstractThrowableAssert<?, ?> assertRefused() {
    return assertThatThrownBy(this::card)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("model.onnx")
        .hasMessageNotContaining("does not fit its card");
  }

  private ModelCard card() {
    try {
      Path file = folder.resolve("model.onnx");
      Files.write(file, graph.build("tiny").toBytes());
      return backend.describe(file).orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void whole(String name, Value value, long columns) {
    Value named = graph.rename(value, name);
    graph.output(named, ElementType.INT64, Shape.of(BATCH, Dimension.of(columns)));
  }

  private Value dense(Value rows, int from, int to) {
    return graph.op(
        "MatMul", rows, graph.constant(ConstantTensor.floats(numbers(from * to), from, to)));
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
