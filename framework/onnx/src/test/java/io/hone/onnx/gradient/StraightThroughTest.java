package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients through quantised values, and that none pass through integers of any other origin. */
class StraightThroughTest {
  private static final float[] IMAGE = {-0.9f, -0.31f, 0.013f, 0.27f, 0.52f, 0.98f};

  /** Numbers on the grid are 0.01 apart: from -1.28 to 1.27, or from -0.5 to 2.05. */
  @ParameterizedTest
  @CsvSource({
    "INT8, 10",
    "INT8, 13",
    "INT8, 18",
    "INT8, 19",
    "UINT8, 10",
    "UINT8, 13",
    "UINT8, 21"
  })
  void passesRoundingOnAndStopsWhereTheRangeEnds(ElementType type, int opset) {
    GraphEditor graph = GraphEditor.create(opset);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value doubled = graph.op("Mul", image, graph.scalar(2));
    Value zero = zeros(graph, type, type == ElementType.INT8 ? 0 : 50);
    Value step = graph.scalar(0.01f);
    Value quantised = graph.op("QuantizeLinear", doubled, step, zero);
    graph.output("logits", graph.op("DequantizeLinear", quantised, step, zero));
    float[] expected = new float[6];
    for (int i = 0; i < 6; i++) {
      float value = 2 * IMAGE[i];
      boolean inside =
          type == ElementType.INT8
              ? value > -1.285 && value < 1.275
              : value > -0.505 && value < 2.055;
      expected[i] = inside ? 2 * (i + 1) : 0;
    }
    assertThat(gradient(graph.build("quantised"))).containsExactly(expected, Offset.offset(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void quantisesEachChannelByItsOwnStep(long axis) {
    GraphEditor graph = GraphEditor.create(13);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value steps = graph.constant(ConstantTensor.floats(new float[] {0.001f, 0.01f, 0.1f}, 3));
    Value zero = zeros(graph, ElementType.INT8, 0, 0, 0);
    Value quantised = graph.node("QuantizeLinear", image, steps, zero).with("axis", axis).output();
    graph.output(
        "logits",
        graph.node("DequantizeLinear", quantised, steps, zero).with("axis", axis).output());
    // Steps of 0.001 end at 0.127.
    assertThat(gradient(graph.build("channels")))
        .containsExactly(new float[] {0, 2, 3, 0, 5, 6}, Offset.offset(1e-5f));
  }

  @Test
  void passesThroughWhatMovesQuantisedElements() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value zero = zeros(graph, ElementType.INT8, 5);
    Value quantised = graph.op("QuantizeLinear", image, graph.scalar(0.01f), zero);
    Value turned = graph.op("Transpose", quantised);
    Value moved = graph.op("Reshape", graph.op("Transpose", turned), graph.list(2, 3));
    graph.output("logits", graph.op("DequantizeLinear", moved, graph.scalar(0.01f), zero));
    assertThat(gradient(graph.build("moved")))
        .containsExactly(new float[] {1, 2, 3, 4, 5, 6}, Offset.offset(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tile", "GatherElements", "GatherND", "Concat", "Split"})
  void passesThroughEveryOperatorThatLooksAtNoElement(String operator) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value zero = zeros(graph, ElementType.INT8, 5);
    Value quantised = graph.op("QuantizeLinear", image, graph.scalar(0.01f), zero);
    Value moved =
        switch (operator) {
          case "Tile" -> graph.op("Tile", quantised, graph.list(1, 1));
          case "GatherElements" ->
              graph
                  .node(
                      "GatherElements",
                      quantised,
                      graph.op("Reshape", graph.list(0, 1, 2, 0, 1, 2), graph.list(2, 3)))
                  .with("axis", 1)
                  .output();
          case "GatherND" ->
              graph.op(
                  "GatherND", quantised, graph.op("Reshape", graph.list(0, 1), graph.list(2, 1)));
          case "Concat" -> graph.node("Concat", quantised).with("axis", 0).output();
          default -> graph.node("Split", quantised).with("num_outputs", 1).output();
        };
    graph.output("logits", graph.op("DequantizeLinear", moved, graph.scalar(0.01f), zero));
    assertThat(gradient(graph.build("moved")))
        .containsExactly(new float[] {1, 2, 3, 4, 5, 6}, Offset.offset(1e-5f));
  }

  @Test
  void saysWhatItPassesStraightThrough() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value zero = zeros(graph, ElementType.INT8, 0);
    Value quantised = graph.op("QuantizeLinear", image, graph.scalar(0.01f), zero);
    Value restored = graph.op("DequantizeLinear", quantised, graph.scalar(0.01f), zero);
    graph.output("logits", graph.op("Tanh", restored));
    OnnxModel model = graph.build("told");
    String logits = model.outputs().get(0).name();
    assertThat(GradientGraph.of(model).build().approximations())
        .extracting(DifferentiatedModel.Approximation::operator)
        .containsExactly("QuantizeLinear", "DequantizeLinear");
    List<Coverage.Entry> entries = Coverage.of(model, "image", logits).operators();
    assertThat(entries)
        .filteredOn(entry -> entry.approximation().contains("straight-through"))
        .extracting(Coverage.Entry::operator)
        .containsExactly("QuantizeLinear", "DequantizeLinear");
    assertThat(entries).allMatch(Coverage.Entry::differentiable);
  }

  @Test
  void refusesArithmeticOnQuantisedValuesByItsName() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value zero = zeros(graph, ElementType.INT8, 0);
    Value quantised = graph.op("QuantizeLinear", image, graph.scalar(0.01f), zero);
    Value product = graph.op("MatMulInteger", quantised, graph.op("Transpose", quantised));
    graph.output(
        "logits", graph.node("Cast", product).with("to", ElementType.FLOAT.code()).output());
    OnnxModel model = graph.build("whole.onnx");
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("whole.onnx")
        .hasMessageContaining("MatMulInteger");
  }

  @Test
  void refusesRangesThatDependOnTheImage() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    List<Value> parts = graph.node("DynamicQuantizeLinear", image).outputs(3);
    graph.output("logits", graph.op("DequantizeLinear", parts.toArray(Value[]::new)));
    OnnxModel model = graph.build("dynamic.onnx");
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(UncoveredOperatorException.class)
        .hasMessageContaining("dynamic.onnx")
        .hasMessageContaining("QuantizeLinear");
  }

  @Test
  void refusesBlocksByName() {
    GraphEditor graph = GraphEditor.create(21);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 4));
    Value steps = graph.constant(ConstantTensor.floats(new float[] {1, 1, 1, 1}, 2, 2));
    graph.output(
        "logits", graph.node("QuantizeLinear", image, steps).with("block_size", 2).output());
    OnnxModel model = graph.build("blocks.onnx");
    assertThatThrownBy(() -> GradientGraph.of(model).build())
        .isInstanceOf(OpsetException.class)
        .hasMessageContaining("blocks.onnx")
        .hasMessageContaining("works on blocks");
  }

  /** Sizes, indices, casts to integers and back: none is in the way, none passes a gradient on. */
  @Test
  void ignoresIntegersOfAnyOtherOrigin() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3));
    Value whole =
        toFloat(graph, cast(graph, graph.op("Mul", image, graph.scalar(9)), ElementType.INT64));
    Value size = graph.op("Gather", graph.op("Shape", image), graph.list(1));
    Value root = graph.op("Sqrt", toFloat(graph, graph.op("Mul", size, size)));
    Value best = graph.node("ArgMax", image).with("axis", 1).output();
    Value bits = cast(graph, best, ElementType.UINT64);
    Value shifted = graph.node("BitShift", bits, bits).with("direction", "LEFT").output();
    Value index = toFloat(graph, shifted);
    graph.output("logits", graph.op("Sum", graph.op("Mul", image, root), whole, root, index));
    assertThat(gradient(graph.build("integers")))
        .containsExactly(new float[] {3, 6, 9, 12, 15, 18}, Offset.offset(1e-5f));
  }

  private static Value cast(GraphEditor graph, Value value, ElementType type) {
    return graph.node("Cast", value).with("to", type.code()).output();
  }

  private static Value toFloat(GraphEditor graph, Value value) {
    return cast(graph, value, ElementType.FLOAT);
  }

  /** A zero point, or one for each channel. */
  private static Value zeros(GraphEditor graph, ElementType type, long... numbers) {
    long[] shape = numbers.length == 1 ? new long[0] : new long[] {numbers.length};
    return cast(graph, graph.constant(ConstantTensor.longs(numbers, shape)), type);
  }

  /** The gradient where the six scores weigh 1 to 6. */
  private static float[] gradient(OnnxModel model) {
    DifferentiatedModel differentiated =
        GradientGraph.of(model).loss(AttackLoss.cotangent()).build();
    try (Evaluator evaluator = new Evaluator(differentiated.model())) {
      Array weights = new Array(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      Map<String, Array> result =
          evaluator.run(
              Map.of("image", new Array(IMAGE, 2, 3), differentiated.lossInput(), weights));
      return result.get(differentiated.gradient()).content();
    }
  }
}
