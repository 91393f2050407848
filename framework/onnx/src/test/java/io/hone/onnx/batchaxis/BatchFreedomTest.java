package io.hone.onnx.batchaxis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFreedomTest {
  private static final int CHANNELS = 4;
  private static final int EDGE = 6;

  /** Writes a network for so many images, from images [k, 4, 6, 6] to scores. */
  private interface Network {
    Value write(GraphEditor graph, Value images, long k);
  }

  private static OnnxModel model(long k, Network network) {
    GraphEditor graph = GraphEditor.create(17);
    Value images = graph.input("images", ElementType.FLOAT, Shape.of(k, CHANNELS, EDGE, EDGE));
    graph.output("scores", network.write(graph, images, k));
    return graph.build("frozen");
  }

  /** Frees the model and compares five images at once with the frozen model. */
  private static OnnxModel checkFreed(long k, Network network) {
    OnnxModel frozen = model(k, network);
    BatchFreedom freedom = BatchFreedom.of(frozen, "images", "scores");
    assertThat(freedom).isInstanceOf(BatchFreedom.Free.class);
    OnnxModel freed = ((BatchFreedom.Free) freedom).model();
    assertThat(freed.inputs().get(0).shape().orElseThrow().axis(0)).isEqualTo(Dimension.named("N"));
    int size = CHANNELS * EDGE * EDGE;
    Array images = Array.uniform(new Random(7), -1, 1, 5, CHANNELS, EDGE, EDGE);
    float[] all = run(freed, images);
    int row = all.length / 5;
    for (int from = 0; from + k <= 5; from += (int) k) {
      float[] part = Arrays.copyOfRange(images.content(), from * size, (from + (int) k) * size);
      float[] expected = run(frozen, new Array(part, k, CHANNELS, EDGE, EDGE));
      assertThat(expected).hasSize((int) k * row);
      for (int i = 0; i < expected.length; i++) {
        assertThat(all[from * row + i]).isCloseTo(expected[i], Offset.offset(1e-5f));
      }
    }
    return freed;
  }

  private static void checkBound(long k, String reason, Network network) {
    BatchFreedom freedom = BatchFreedom.of(model(k, network), "images", "scores");
    assertThat(freedom).isInstanceOf(BatchFreedom.Bound.class);
    assertThat(((BatchFreedom.Bound) freedom).images()).isEqualTo(k);
    assertThat(((BatchFreedom.Bound) freedom).reason()).contains(reason);
  }

  private static float[] run(OnnxModel model, Array images) {
    try (Evaluator evaluator = new Evaluator(model)) {
      return evaluator.run(Map.of("images", images)).get("scores").content();
    }
  }

  private static Value weights(GraphEditor graph, long... shape) {
    return graph.constant(
        ConstantTensor.floats(Array.uniform(new Random(3), -1, 1, shape).content(), shape));
  }

  private static Value transpose(GraphEditor graph, Value value, long... order) {
    return graph.node("Transpose", value).with("perm", order).output();
  }

  private static Value reshape(GraphEditor graph, Value value, long... sizes) {
    return graph.op("Reshape", value, graph.list(sizes));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void freesAFlattenedImage(long k) {
    checkFreed(
        k,
        (graph, images, n) ->
            graph.op("MatMul", reshape(graph, images, n, 144), weights(graph, 144, 3)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void freesAChannelShuffle(long k) {
    checkFreed(
        k,
        (graph, images, n) -> {
          Value groups = reshape(graph, images, n, 2, 2, EDGE, EDGE);
          Value shuffled = transpose(graph, groups, 0, 2, 1, 3, 4);
          return reshape(graph, reshape(graph, shuffled, n, CHANNELS, EDGE, EDGE), n, -1);
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void freesWindowsMergedWithTheBatch(long k) {
    checkFreed(
        k,
        (graph, images, n) -> {
          Value tiles = reshape(graph, images, n, CHANNELS, 2, 3, 2, 3);
          Value windows = reshape(graph, transpose(graph, tiles, 0, 2, 4, 3, 5, 1), n * 4, 9, 4);
          Value scores = graph.op("MatMul", windows, transpose(graph, windows, 0, 2, 1));
          Value masked =
              graph.op("Add", reshape(graph, scores, n, 4, 9, 9), weights(graph, 1, 4, 9, 9));
          Value weighted = graph.op("Softmax", reshape(graph, masked, n * 4, 9, 9));
          Value mixed = graph.op("MatMul", weighted, windows);
          Value back = transpose(graph, reshape(graph, mixed, n, 2, 2, 3, 3, 4), 0, 5, 1, 3, 2, 4);
          return reshape(graph, reshape(graph, back, n, CHANNELS, EDGE, EDGE), n, 144);
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void freesAttentionWithTheBatchBehindTheTokens(long k) {
    checkFreed(
        k,
        (graph, images, n) -> {
          Value tokens = transpose(graph, reshape(graph, images, n, CHANNELS, 36), 2, 0, 1);
          Value heads = transpose(graph, reshape(graph, tokens, 36, n * 2, 2), 1, 0, 2);
          Value scores =
              graph.op("Softmax", graph.op("MatMul", heads, transpose(graph, heads, 0, 2, 1)));
          Value mixed = transpose(graph, graph.op("MatMul", scores, heads), 1, 0, 2);
          Value flat = reshape(graph, mixed, 36 * n, CHANNELS);
          Value dense =
              graph.op("Gemm", flat, weights(graph, CHANNELS, CHANNELS), weights(graph, CHANNELS));
          Value back = transpose(graph, reshape(graph, dense, 36, n, CHANNELS), 1, 0, 2);
          return graph.node("Gather", back, index(graph, 0)).with("axis", 1).output();
        });
  }

  private static Value index(GraphEditor graph, long index) {
    return graph.constant(ConstantTensor.longs(new long[] {index}));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void freesAClassTokenThatWasExpanded(long k) {
    checkFreed(
        k,
        (graph, images, n) -> {
          Value tokens = transpose(graph, reshape(graph, images, n, CHANNELS, 36), 0, 2, 1);
          Value ones =
              graph
                  .node("ConstantOfShape", graph.list(3))
                  .with("value", ConstantTensor.list(1))
                  .output();
          Value target =
              graph.op(
                  "Where",
                  graph.op("Equal", graph.list(n, -1, -1), graph.list(-1)),
                  ones,
                  graph.list(n, -1, -1));
          Value expanded = graph.op("Expand", weights(graph, 1, 1, CHANNELS), target);
          Value joined = graph.node("Concat", expanded, tokens).with("axis", 1).output();
          return graph
              .node("ReduceMax", graph.op("Softmax", joined))
              .with("axes", new long[] {1})
              .with("keepdims", 0)
              .output();
        });
  }

  @Test
  void freesWhatHasTheBatchInItsInputAlone() {
    OnnxModel freed =
        checkFreed(
            1,
            (graph, images, n) -> {
              Value batch = graph.op("Gather", graph.op("Shape", images), graph.list(0));
              Value target = graph.node("Concat", batch, graph.list(-1)).with("axis", 0).output();
              return graph.op("Reshape", graph.op("Relu", images), target);
            });
    assertThat(freed.nodes()).extracting(Node::operator).containsExactly("Relu", "Reshape");
  }

  @Test
  void givesTheGradientOfOneImageFrozenOrFreed() {
    OnnxModel frozen =
        model(
            1,
            (graph, images, n) ->
                graph.op(
                    "Tanh",
                    graph.op("MatMul", reshape(graph, images, n, 144), weights(graph, 144, 3))));
    OnnxModel freed = ((BatchFreedom.Free) BatchFreedom.of(frozen, "images", "scores")).model();
    DifferentiatedModel one = GradientGraph.of(frozen).build();
    DifferentiatedModel all = GradientGraph.of(freed).build();
    Array images = Array.uniform(new Random(9), -1, 1, 3, CHANNELS, EDGE, EDGE);
    float[] gradients = gradient(all, images, 2, 0, 1);
    for (int i = 0; i < 3; i++) {
      float[] image = Arrays.copyOfRange(images.content(), i * 144, (i + 1) * 144);
      float[] single =
          gradient(one, new Array(image, 1, CHANNELS, EDGE, EDGE), new long[] {2, 0, 1}[i]);
      assertThat(single).isNotEqualTo(new float[144]);
      for (int j = 0; j < 144; j++) {
        assertThat(gradients[i * 144 + j]).isCloseTo(single[j], Offset.offset(1e-6f));
      }
    }
  }

  private static float[] gradient(DifferentiatedModel model, Array images, long... classes) {
    try (Evaluator evaluator = new Evaluator(model.model())) {
      return evaluator
          .run(Map.of("images", images, model.lossInput(), classes))
          .get(model.gradient())
          .content();
    }
  }

  @Test
  void leavesDynamicModelsAsTheyAre() {
    GraphEditor graph = GraphEditor.create(17);
    Value images =
        graph.input("images", ElementType.FLOAT, Shape.of(Dimension.named("B"), Dimension.of(4)));
    graph.output("scores", graph.op("Relu", images));
    OnnxModel model = graph.build("dynamic");
    assertThat(BatchFreedom.of(model, "images", "scores")).isEqualTo(new BatchFreedom.Free(model));
  }

  @Test
  void freesImagesOfAnySize() {
    GraphEditor graph = GraphEditor.create(17);
    Value images =
        graph.input(
            "images",
            ElementType.FLOAT,
            Shape.of(Dimension.of(1), Dimension.of(4), Dimension.named("H"), Dimension.named("W")));
    Value shape = graph.op("Shape", images);
    Value edges = graph.op("Slice", shape, graph.list(2), graph.list(4), graph.list(0));
    Value groups = graph.node("Concat", graph.list(1, 2, 2), edges).with("axis", 0).output();
    Value shuffled = transpose(graph, graph.op("Reshape", images, groups), 0, 2, 1, 3, 4);
    Value whole = graph.op("Reshape", shuffled, shape);
    graph.output("scores", graph.op("GlobalAveragePool", whole));
    OnnxModel frozen = graph.build("any size");
    OnnxModel freed = ((BatchFreedom.Free) BatchFreedom.of(frozen, "images", "scores")).model();
    Array pictures = Array.uniform(new Random(5), -1, 1, 3, 4, 3, 5);
    float[] all = run(freed, pictures);
    for (int i = 0; i < 3; i++) {
      float[] picture = Arrays.copyOfRange(pictures.content(), i * 60, (i + 1) * 60);
      assertThat(run(frozen, new Array(picture, 1, 4, 3, 5)))
          .containsExactly(Arrays.copyOfRange(all, i * 4, (i + 1) * 4), Offset.offset(1e-6f));
    }
  }

  @Test
  void refusesWhatMixesImages() {
    checkBound(
        2,
        "all images of the batch",
        (graph, images, n) ->
            graph
                .node("ReduceMean", reshape(graph, images, n, 144))
                .with("axes", new long[] {0})
                .output());
    checkBound(
        1,
        "along the axis of the batch",
        (graph, images, n) ->
            graph.node("Softmax", reshape(graph, images, n, 144)).with("axis", 0).output());
    checkBound(
        1,
        "adds up over the batch",
        (graph, images, n) ->
            graph.op(
                "MatMul",
                transpose(graph, reshape(graph, images, n, 144), 1, 0),
                weights(graph, 1, 3)));
    checkBound(2, "tears images apart", (graph, images, n) -> reshape(graph, images, 3, 96));
    checkBound(
        2,
        "numbers of its own for each image",
        (graph, images, n) ->
            graph.op("Add", reshape(graph, images, n, 144), weights(graph, 2, 144)));
    checkBound(
        1,
        "picks from the axis of the batch",
        (graph, images, n) -> graph.op("Gather", reshape(graph, images, n, 144), index(graph, 0)));
    checkBound(
        1,
        "draws random numbers",
        (graph, images, n) -> graph.op("Add", images, graph.op("RandomNormalLike", images)));
  }

  @Test
  void namesPortsThatDoNotExist() {
    OnnxModel model = model(1, (graph, images, n) -> graph.op("Relu", images));
    assertThatThrownBy(() -> BatchFreedom.of(model, "image", "scores"))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("'image'");
    assertThatThrownBy(() -> BatchFreedom.of(model, "images", "score"))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("'score'");
  }
}
