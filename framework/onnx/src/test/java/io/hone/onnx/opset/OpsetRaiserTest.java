package io.hone.onnx.opset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A raised model computes in ONNX Runtime what the original computes there. */
class OpsetRaiserTest {
  private final List<DynamicTest> tests = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> keepsMeaning() {
    for (String operator : List.of("Softmax", "LogSoftmax", "Hardmax")) {
      for (int opset : new int[] {7, 11, 12}) {
        keeps(operator + " default axis", opset, (g, x) -> g.op(operator, x));
        for (int axis = opset < 11 ? 0 : -4; axis < 4; axis++) {
          int at = axis;
          keeps(
              operator + " axis " + axis,
              opset,
              (g, x) -> g.node(operator, x).with("axis", at).output());
        }
      }
    }
    for (int opset : new int[] {7, 10}) {
      keeps(
          "Clip", opset, (g, x) -> g.node("Clip", x).with("min", -0.3f).with("max", 0.4f).output());
      keeps("Clip below", opset, (g, x) -> g.node("Clip", x).with("min", -0.3f).output());
      keeps("Clip open", opset, (g, x) -> g.op("Clip", x));
    }
    for (int opset : new int[] {7, 10, 11, 13}) {
      keeps("Dropout", opset, (g, x) -> g.op("Dropout", x));
    }
    keeps("Dropout ratio", 9, (g, x) -> g.node("Dropout", x).with("ratio", 0.7f).output());
    for (String mode : List.of("constant", "edge", "reflect")) {
      keeps(
          "Pad " + mode,
          9,
          (g, x) ->
              g.node("Pad", x)
                  .with("mode", mode)
                  .with("pads", new long[] {0, 0, 1, 2, 0, 0, 2, 1})
                  .with("value", 0.5f)
                  .output());
    }
    keeps(
        "Slice",
        9,
        (g, x) ->
            g.node("Slice", x)
                .with("axes", new long[] {2, 3})
                .with("starts", new long[] {1, -3})
                .with("ends", new long[] {100, -1})
                .output());
    keeps(
        "Slice without axes",
        9,
        (g, x) ->
            g.node("Slice", x)
                .with("starts", new long[] {0, 1})
                .with("ends", new long[] {1, 2})
                .output());
    for (int opset : new int[] {7, 11, 12}) {
      keeps(
          "Unsqueeze and Squeeze",
          opset,
          (g, x) ->
              g.node("Squeeze", g.node("Unsqueeze", x).with("axes", new long[] {0, 3}).output())
                  .with("axes", new long[] {3})
                  .output());
    }
    for (String operator :
        List.of(
            "ReduceSum",
            "ReduceMean",
            "ReduceMax",
            "ReduceMin",
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSumExp",
            "ReduceSumSquare",
            "ReduceProd")) {
      for (int opset : new int[] {7, 11, 12}) {
        keeps(operator, opset, (g, x) -> reduced(g, operator, x));
        keeps(operator + " of all", opset, (g, x) -> g.op(operator, x));
      }
    }
    keeps("ReduceMean", 13, (g, x) -> reduced(g, "ReduceMean", x));
    keeps("ReduceMax", 17, (g, x) -> reduced(g, "ReduceMax", x));
    for (int opset : new int[] {7, 11, 12}) {
      keeps(
          "Split",
          opset,
          (g, x) ->
              g.node("Split", x)
                  .with("axis", 3)
                  .with("split", new long[] {1, 4})
                  .outputs(2)
                  .get(1));
    }
    for (int opset : new int[] {7, 11, 13, 17}) {
      keeps("Split evenly", opset, (g, x) -> g.node("Split", x).with("axis", 2).outputs(2).get(1));
    }
    keeps("TopK", 9, (g, x) -> g.node("TopK", x).with("k", 2).outputs(2).get(0));
    for (String mode : List.of("nearest", "linear")) {
      keeps(
          "Upsample " + mode,
          7,
          (g, x) ->
              g.node("Upsample", x)
                  .with("mode", mode)
                  .with("scales", new float[] {1, 1, 2, 1.6f})
                  .output());
      keeps(
          "Upsample " + mode,
          9,
          (g, x) -> g.node("Upsample", x, scales(g)).with("mode", mode).output());
      keeps(
          "Resize " + mode,
          10,
          (g, x) -> g.node("Resize", x, scales(g)).with("mode", mode).output());
      keeps(
          "Resize " + mode,
          11,
          (g, x) ->
              g.node("Resize", x, g.constant(ConstantTensor.floats(new float[0], 0)), scales(g))
                  .with("mode", mode)
                  .output());
    }
    for (int opset : new int[] {7, 9, 13, 14}) {
      keeps("BatchNormalization", opset, OpsetRaiserTest::normalized);
    }
    keeps(
        "Transpose and MatMul",
        21,
        (g, x) ->
            g.op(
                "MatMul",
                x,
                g.op(
                    "Transpose",
                    g.op(
                        "Transpose",
                        g.op(
                            "Relu",
                            g.node("Transpose", x)
                                .with("perm", new long[] {0, 1, 3, 2})
                                .output())))));
    keepsComposed();
    keeps("Gelu", 20, (g, x) -> g.op("Gelu", x));
    keeps("Gelu tanh", 20, (g, x) -> g.node("Gelu", x).with("approximate", "tanh").output());
    keeps(
        "AveragePool",
        19,
        (g, x) ->
            g.node("AveragePool", x)
                .with("kernel_shape", new long[] {2, 2})
                .with("dilations", new long[] {1, 1})
                .output());
    return tests.stream();
  }

  private void keepsComposed() {
    for (int size : new int[] {1, 3, 5, 7}) {
      keeps(
          "LRN of " + size,
          18,
          (g, x) -> g.node("LRN", x).with("size", size).with("alpha", 0.7f).output());
    }
    for (int opset : new int[] {7, 18, 22}) {
      keeps(
          "InstanceNormalization",
          opset,
          (g, x) -> g.op("InstanceNormalization", x, ramp(g, 3), ramp(g, 3)));
    }
    keeps(
        "GroupNormalization",
        18,
        (g, x) ->
            g.node("GroupNormalization", x, ramp(g, 1), ramp(g, 1)).with("num_groups", 1).output());
    keeps(
        "GroupNormalization",
        21,
        (g, x) ->
            g.node("GroupNormalization", x, ramp(g, 3), ramp(g, 3)).with("num_groups", 1).output());
    for (int opset : new int[] {9, 13, 18}) {
      keeps("MeanVarianceNormalization", opset, (g, x) -> g.op("MeanVarianceNormalization", x));
    }
    for (int axis : new int[] {-1, 3, -2, 1}) {
      long[] sizes = {2, 3, 4, 5};
      long[] rest = Arrays.copyOfRange(sizes, axis < 0 ? axis + 4 : axis, 4);
      keeps(
          "RMSNormalization from " + axis,
          23,
          (g, x) -> g.node("RMSNormalization", x, ramp(g, rest)).with("axis", axis).output());
    }
    keeps("Swish", 24, (g, x) -> g.op("Swish", x));
    keeps("Swish steeper", 24, (g, x) -> g.node("Swish", x).with("alpha", 1.5f).output());
    for (int type : new int[] {2, 3}) {
      keeps(
          "QuantizeLinear to " + ElementType.of(type),
          21,
          (g, x) -> {
            Value steps = g.scalar(0.004f);
            Value whole = g.node("QuantizeLinear", x, steps).with("output_dtype", type).output();
            return g.op("DequantizeLinear", whole, steps);
          });
    }
  }

  private static Value ramp(GraphEditor g, long... shape) {
    float[] numbers = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 0.5f + 0.25f * (i % 7);
    }
    return g.constant(ConstantTensor.floats(numbers, shape));
  }

  private static Value reduced(GraphEditor g, String operator, Value x) {
    return g.node(operator, x).with("axes", new long[] {1, 3}).with("keepdims", 0).output();
  }

  private static Value scales(GraphEditor g) {
    return g.constant("scales", ConstantTensor.floats(new float[] {1, 1, 2, 1.6f}, 4));
  }

  private static Value normalized(GraphEditor g, Value x) {
    Random random = new Random(8);
    Value[] statistics = new Value[4];
    for (int i = 0; i < 4; i++) {
      statistics[i] =
          g.constant(ConstantTensor.floats(Array.uniform(random, 0.3f, 1.5f, 3).content(), 3));
    }
    return g.node(
            "BatchNormalization", x, statistics[0], statistics[1], statistics[2], statistics[3])
        .with("epsilon", 1e-3f)
        .output();
  }

  private void keeps(String what, int opset, BiFunction<GraphEditor, Value, Value> draw) {
    tests.add(
        DynamicTest.dynamicTest(
            what + " of opset " + opset,
            () -> {
              GraphEditor graph = GraphEditor.create(opset);
              Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 3, 4, 5));
              graph.output("result", draw.apply(graph, image));
              OnnxModel model = graph.build(what);
              OnnxModel raised = OpsetRaiser.raise(model);
              assertThat(raised.opset()).isEqualTo(18);
              Array input = Array.uniform(new Random(what.hashCode()), -1, 1, 2, 3, 4, 5);
              compare(run(raised, input), run(model, input));
            }));
  }

  private static Array run(OnnxModel model, Array input) {
    try (Evaluator evaluator = new Evaluator(model)) {
      return evaluator.run(Map.of("image", input)).values().iterator().next();
    }
  }

  private static void compare(Array actual, Array expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.content().length; i++) {
      assertThat(actual.content()[i])
          .as("element %s", i)
          .isCloseTo(expected.content()[i], Offset.offset(2e-6f));
    }
  }

  /** ONNX Runtime has no kernel of this old form: compared with the formula. */
  @Test
  void keepsStatisticsPerActivation() {
    GraphEditor graph = GraphEditor.create(7);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2, 2, 2));
    Value[] statistics = new Value[4];
    float[][] numbers = {{1, 2, 3, 4}, {0.1f, 0.2f, 0.3f, 0.4f}, {0, 1, 0, 1}, {1, 4, 9, 16}};
    for (int i = 0; i < 4; i++) {
      statistics[i] = graph.constant(ConstantTensor.floats(numbers[i], 2, 2));
    }
    graph.output(
        "result",
        graph
            .node(
                "BatchNormalization",
                image,
                statistics[0],
                statistics[1],
                statistics[2],
                statistics[3])
            .with("spatial", 0)
            .with("epsilon", 0f)
            .output());
    Array input = new Array(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
    float[] expected = new float[8];
    for (int i = 0; i < 8; i++) {
      int at = i % 4;
      expected[i] =
          (float)
              ((input.content()[i] - numbers[2][at]) / Math.sqrt(numbers[3][at]) * numbers[0][at]
                  + numbers[1][at]);
    }
    compare(run(OpsetRaiser.raise(graph.build("old")), input), new Array(expected, 2, 2, 2));
  }

  /** ONNX Runtime knows odd sizes alone: compared with the formula. */
  @Test
  void normalisesOverAnEvenNumberOfChannels() {
    GraphEditor graph = GraphEditor.create(13);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 5, 1, 1));
    graph.output(
        "result",
        graph.node("LRN", image).with("size", 4).with("alpha", 2f).with("beta", 0.5f).output());
    float[] x = {1, 2, 3, 4, 5};
    float[] expected = new float[5];
    for (int channel = 0; channel < 5; channel++) {
      double squares = 0;
      for (int other = Math.max(0, channel - 1); other <= Math.min(4, channel + 2); other++) {
        squares += x[other] * x[other];
      }
      expected[channel] = (float) (x[channel] / Math.sqrt(1 + 2.0 / 4 * squares));
    }
    Array input = new Array(x, 1, 5, 1, 1);
    compare(run(OpsetRaiser.raise(graph.build("even")), input), new Array(expected, 1, 5, 1, 1));
  }

  @Test
  void leavesNoneOfTheOperatorsThatAreComposedOfOthers() {
    assertThat(OpsetRaiser.composed()).contains("Gelu", "GroupNormalization", "LRN");
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 3, 2, 2));
    graph.output("result", graph.node("LRN", image).with("size", 3).output());
    OnnxModel raised = OpsetRaiser.raise(graph.build("composed"));
    assertThat(raised.nodes()).noneMatch(node -> OpsetRaiser.composed().contains(node.operator()));
  }

  @Test
  void refusesOpsetsItDoesNotKnow() {
    for (int opset : new int[] {6, 25}) {
      GraphEditor graph = GraphEditor.create(opset);
      Value image = graph.input("image", ElementType.FLOAT, Shape.of(2));
      graph.output("result", graph.op("Relu", image));
      OnnxModel model = graph.build("strange.onnx");
      assertThatThrownBy(() -> OpsetRaiser.raise(model))
          .isInstanceOf(OpsetException.class)
          .hasMessageContaining("strange.onnx")
          .hasMessageContaining("opset " + opset)
          .hasMessageContaining("export the model with opset 18");
    }
  }

  @Test
  void refusesWhatTheTargetCannotSay() {
    GraphEditor graph = GraphEditor.create(19);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 1, 8, 8));
    graph.output(
        "result",
        graph
            .node("AveragePool", image)
            .with("kernel_shape", new long[] {2, 2})
            .with("dilations", new long[] {2, 2})
            .with("ceil_mode", 1)
            .output());
    OnnxModel model = graph.build("dilated.onnx");
    assertThatThrownBy(() -> OpsetRaiser.raise(model))
        .isInstanceOf(OpsetException.class)
        .hasMessageContaining("dilated.onnx")
        .hasMessageContaining("AveragePool node");
  }

  @Test
  void tellsWhichFormsAnOperatorHad() {
    assertThat(OpsetRaiser.changesOf("Split")).containsExactly(13, 18);
    assertThat(OpsetRaiser.changesOf("Relu")).isEmpty();
  }

  @Test
  void leavesAModelOfTheTargetAlone() {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(2));
    graph.output("result", graph.op("Relu", image));
    OnnxModel model = graph.build("new");
    assertThat(OpsetRaiser.raise(model)).isSameAs(model);
  }
}
