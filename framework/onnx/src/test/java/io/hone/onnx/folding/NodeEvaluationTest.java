package io.hone.onnx.folding;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.GraphEditor.NodeWriter;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.simplify.ConstantFolding;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is computed here must be what ONNX Runtime computes, to the bit. */
class NodeEvaluationTest {
  private static final Map<String, Function<GraphEditor, Value>> CASES = new LinkedHashMap<>();

  static {
    for (String operator : List.of("Add", "Sub", "Mul", "Div", "Min", "Max", "Mod")) {
      put(operator + " of integers", g -> g.op(operator, ints(g, 2, 3), list(g, 7, -3, 2)));
    }
    for (String operator : List.of("Add", "Sub", "Mul", "Div", "Min", "Max")) {
      put(operator + " of floats", g -> g.op(operator, floats(g, 2, 1, 3), floats(g, 4, 1)));
    }
    for (String operator : List.of("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual")) {
      put(operator + " of integers", g -> g.op(operator, ints(g, 2, 3), list(g, -2, 0, 2)));
      put(operator + " of floats", g -> g.op(operator, floats(g, 2, 3), floats(g, 3)));
    }
    for (String operator : List.of("And", "Or", "Xor")) {
      put(operator, g -> g.op(operator, truths(g, 1, 0, 1, 0), truths(g, 1, 1, 0, 0)));
    }
    for (String operator : List.of("Neg", "Abs", "Sign")) {
      put(operator + " of integers", g -> g.op(operator, ints(g, 7)));
    }
    for (String operator :
        List.of("Neg", "Abs", "Sign", "Floor", "Ceil", "Round", "Sqrt", "Reciprocal", "Relu")) {
      put(operator + " of floats", g -> g.op(operator, floats(g, 9)));
    }
    put("fmod", g -> writer(g, "Mod", floats(g, 6), g.scalar(0.75f)).with("fmod", 1).output());
    put("Not", g -> g.op("Not", truths(g, 1, 0)));
    put("Pow of integers", g -> g.op("Pow", list(g, -3, 2, 5), list(g, 3, 10, 0)));
    put("Clip", g -> g.op("Clip", floats(g, 7), g.scalar(-1), g.scalar(1)));
    put("Cast to integers", g -> cast(g, floats(g, 9), ElementType.INT64));
    put("Cast to truth", g -> cast(g, ints(g, 9), ElementType.BOOL));
    put("Cast to small integers", g -> cast(g, ints(g, 9), ElementType.INT32));
    put("Where", g -> g.op("Where", truths(g, 1, 0, 1), ints(g, 2, 3), list(g, 9)));
    put(
        "Concat",
        g -> writer(g, "Concat", ints(g, 2, 1, 2), ints(g, 2, 3, 2)).with("axis", 1).output());
    put(
        "Concat from the end",
        g -> writer(g, "Concat", ints(g, 2, 1), ints(g, 2, 2)).with("axis", -1).output());
    put(
        "Transpose",
        g -> writer(g, "Transpose", ints(g, 2, 3, 4)).with("perm", new long[] {2, 0, 1}).output());
    put("Transpose reversed", g -> g.op("Transpose", ints(g, 2, 3, 4)));
    put("Reshape", g -> g.op("Reshape", ints(g, 2, 3, 4), list(g, 0, -1, 2)));
    put("Flatten", g -> writer(g, "Flatten", ints(g, 2, 3, 4)).with("axis", 2).output());
    put("Squeeze", g -> g.op("Squeeze", ints(g, 1, 3, 1), list(g, -1)));
    put("Squeeze all", g -> g.op("Squeeze", ints(g, 1, 3, 1)));
    put("Unsqueeze", g -> g.op("Unsqueeze", ints(g, 3, 2), list(g, 0, -1)));
    put("Expand", g -> g.op("Expand", ints(g, 3, 1), list(g, 2, 1, 4)));
    put("Tile", g -> g.op("Tile", ints(g, 2, 3), list(g, 2, 2)));
    put(
        "Slice",
        g ->
            g.op(
                "Slice",
                ints(g, 5, 4),
                list(g, 1, -3),
                list(g, 9, -1),
                list(g, 0, 1),
                list(g, 2, 1)));
    put(
        "Slice backwards",
        g ->
            g.op(
                "Slice",
                ints(g, 5, 4),
                list(g, -1, 2),
                list(g, Long.MIN_VALUE, 0),
                list(g, 1, 0),
                list(g, -1, -1)));
    put(
        "Slice backwards by two",
        g -> g.op("Slice", ints(g, 5), list(g, 4), list(g, -6), list(g, 0), list(g, -2)));
    put("Slice to the end", g -> g.op("Slice", ints(g, 5), list(g, 2), list(g, Long.MAX_VALUE)));
    put("Slice to nothing", g -> g.op("Slice", ints(g, 5), list(g, 3), list(g, 1)));
    put("Split", g -> writer(g, "Split", ints(g, 5, 2), list(g, 2, 3)).outputs(2).get(1));
    put("Gather", g -> writer(g, "Gather", ints(g, 3, 4), ints2(g)).with("axis", 1).output());
    put("Gather one", g -> g.op("Gather", ints(g, 3, 4), single(g, -1)));
    put(
        "GatherElements",
        g -> writer(g, "GatherElements", ints(g, 3, 2), ints2(g)).with("axis", 0).output());
    put("GatherND", g -> g.op("GatherND", ints(g, 3, 2, 2), ints2(g)));
    put("ScatterND", g -> g.op("ScatterND", ints(g, 3, 2, 2), ints2(g), floatsAsInts(g, 2, 2)));
    put(
        "ScatterElements",
        g ->
            writer(g, "ScatterElements", ints(g, 3, 2), list2(g, 2, 0), list2(g, 77, 78))
                .with("axis", 0)
                .output());
    put("Pad", g -> g.op("Pad", ints(g, 2, 2), list(g, 1, 0, -1, 2), single(g, 7)));
    put(
        "OneHot",
        g ->
            writer(g, "OneHot", list(g, 1, -1, 5), single(g, 3), list(g, 8, 9))
                .with("axis", 0)
                .output());
    for (String operator : List.of("ReduceSum", "ReduceProd", "ReduceMax", "ReduceMin")) {
      put(operator, g -> reduce(g, operator, 1, 0, 2));
      put(operator + " without dimensions", g -> reduce(g, operator, 0, -1));
    }
    put("ArgMax", g -> writer(g, "ArgMax", ints(g, 3, 4)).with("axis", 1).output());
    put(
        "ArgMin of the last",
        g ->
            writer(g, "ArgMin", list(g, 1, 1, 2))
                .with("axis", 0)
                .with("select_last_index", 1)
                .with("keepdims", 0)
                .output());
    put("CumSum", g -> g.op("CumSum", ints(g, 3, 4), single(g, 1)));
    put(
        "CumSum reversed",
        g ->
            writer(g, "CumSum", ints(g, 3, 4), single(g, 0))
                .with("reverse", 1)
                .with("exclusive", 1)
                .output());
    put("Shape", g -> writer(g, "Shape", ints(g, 3, 4, 5)).with("start", 1).output());
    put("Size", g -> g.op("Size", ints(g, 3, 4)));
    put(
        "ConstantOfShape",
        g ->
            writer(g, "ConstantOfShape", list(g, 2, 3))
                .with("value", ConstantTensor.list(5))
                .output());
    put("ConstantOfShape of zeros", g -> g.op("ConstantOfShape", list(g, 2)));
    put("Range", g -> g.op("Range", single(g, 1), single(g, 9), single(g, 3)));
    put("Range downwards", g -> g.op("Range", single(g, 9), single(g, 1), single(g, -2)));
    put("Range of floats", g -> g.op("Range", g.scalar(-2), g.scalar(2.5f), g.scalar(1)));
    put("NonZero", g -> g.op("NonZero", truths(g, 1, 0, 1, 1)));
    put("EyeLike", g -> writer(g, "EyeLike", ints(g, 3, 4)).with("k", 1).output());
    put("Trilu", g -> writer(g, "Trilu", ints(g, 2, 3, 3), single(g, 1)).with("upper", 0).output());
    put(
        "TopK",
        g -> writer(g, "TopK", ints(g, 2, 4), list(g, 2)).with("axis", 1).outputs(2).get(1));
    put(
        "TopK, smallest",
        g ->
            writer(g, "TopK", list(g, 3, 1, 3, 1), list(g, 3))
                .with("largest", 0)
                .outputs(2)
                .get(1));
    put("Constant", g -> writer(g, "Constant").with("value_ints", new long[] {3, 4}).output());
    put("Constant float", g -> writer(g, "Constant").with("value_float", 0.1f).output());
  }

  private static void put(String name, Function<GraphEditor, Value> write) {
    CASES.put(name, write);
  }

  private static NodeWriter writer(GraphEditor graph, String operator, Value... inputs) {
    return graph.node(operator, inputs);
  }

  private static Value list(GraphEditor graph, long... elements) {
    return graph.constant(ConstantTensor.list(elements));
  }

  private static Value single(GraphEditor graph, long element) {
    return graph.constant(ConstantTensor.longs(new long[] {element}));
  }

  private static long count(long... sizes) {
    return LongStream.of(sizes).reduce(1, (a, b) -> a * b);
  }

  /** Small integers of both signs, each different. */
  private static Value ints(GraphEditor graph, long... sizes) {
    long count = count(sizes);
    long[] elements = LongStream.range(0, count).map(i -> i * 7 % count - count / 2).toArray();
    return graph.constant(ConstantTensor.longs(elements, sizes));
  }

  private static Value floatsAsInts(GraphEditor graph, long... sizes) {
    return cast(graph, floats(graph, sizes), ElementType.INT64);
  }

  private static Value floats(GraphEditor graph, long... sizes) {
    float[] elements = new float[(int) count(sizes)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) (i * 1.7 % 5 - 2.5);
    }
    return graph.constant(ConstantTensor.floats(elements, sizes));
  }

  private static Value ints2(GraphEditor graph) {
    return graph.constant(ConstantTensor.longs(new long[] {0, 1, 2, 0}, 2, 2));
  }

  private static Value list2(GraphEditor graph, long first, long second) {
    return graph.constant(ConstantTensor.longs(new long[] {first, second}, 1, 2));
  }

  private static Value truths(GraphEditor graph, long... elements) {
    return cast(graph, list(graph, elements), ElementType.BOOL);
  }

  private static Value cast(GraphEditor graph, Value value, ElementType type) {
    return graph.node("Cast", value).with("to", type.code()).output();
  }

  private static Value reduce(GraphEditor graph, String operator, long keep, long... axes) {
    NodeWriter writer =
        operator.equals("ReduceSum")
            ? graph.node(operator, ints(graph, 2, 3, 4), graph.list(axes))
            : graph.node(operator, ints(graph, 2, 3, 4)).with("axes", axes);
    return writer.with("keepdims", keep).output();
  }

  static Stream<String> cases() {
    return CASES.keySet().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatARuntimeComputes(String name) {
    GraphEditor graph = GraphEditor.create(17);
    graph.input("unused", ElementType.FLOAT, Shape.of(1));
    Value result = CASES.get(name).apply(graph);
    graph.output("y", graph.op("Identity", cast(graph, result, ElementType.FLOAT)));
    OnnxModel model = graph.build(name);
    OnnxModel folded = ConstantFolding.fold(model);
    assertThat(folded.nodes()).hasSize(1);
    ConstantTensor constant = folded.constants().get(folded.nodes().get(0).input(0).name());
    try (Evaluator evaluator = new Evaluator(model)) {
      Array expected = evaluator.run(Map.of("unused", new Array(new float[1], 1))).get("y");
      assertThat(constant.shape().sizes()).isEqualTo(expected.shape());
      assertThat(constant.toFloats()).isEqualTo(expected.content());
    }
  }

  @Test
  void readsTheFormsOfOlderOpsets() {
    GraphEditor graph = GraphEditor.create(9);
    graph.input("unused", ElementType.FLOAT, Shape.of(1));
    Value cut =
        graph
            .node("Slice", ints(graph, 1, 6))
            .with("starts", new long[] {1})
            .with("ends", new long[] {4})
            .with("axes", new long[] {1})
            .output();
    Value flat = graph.node("Squeeze", cut).with("axes", new long[] {0}).output();
    Value sum =
        graph.node("ReduceSum", flat).with("axes", new long[] {0}).with("keepdims", 0).output();
    Value unflat = graph.node("Unsqueeze", sum).with("axes", new long[] {0}).output();
    graph.output("y", cast(graph, unflat, ElementType.FLOAT));
    OnnxModel folded = ConstantFolding.fold(graph.build("old"));
    Node last = folded.nodes().get(0);
    assertThat(folded.nodes()).hasSize(1);
    assertThat(folded.constants().get(last.input(0).name()).toLongs()).containsExactly(-2 - 1 + 0);
  }

  @Test
  void leavesToARuntimeWhatFailsOrIsRounded() {
    Content one = Content.integers(ElementType.INT64, new long[0], 1);
    Content zero = Content.integers(ElementType.INT64, new long[0], 0);
    Content half = Content.numbers(ElementType.FLOAT, new long[] {2}, 0.5, Double.NaN);
    assertThat(evaluate("Div", one, zero)).isEmpty();
    assertThat(evaluate("Mod", one, zero)).isEmpty();
    assertThat(evaluate("Add", one, half)).isEmpty();
    assertThat(evaluate("Exp", half)).isEmpty();
    assertThat(evaluate("Pow", half, half)).isEmpty();
    assertThat(evaluate("ReduceSum", half)).isEmpty();
    assertThat(evaluate("ArgMax", half)).isEmpty();
    assertThat(evaluate("Range", zero, one, zero)).isEmpty();
    long large = 1L << 40;
    Content huge = Content.integers(ElementType.INT64, new long[] {2}, large, large);
    assertThat(evaluate("ConstantOfShape", huge)).isEmpty();
    assertThat(evaluate("Expand", one, huge)).isEmpty();
    Node toInteger = node("Cast").with("to", ElementType.INT64.code());
    assertThat(NodeEvaluation.of(toInteger, List.of(Optional.of(half)))).isEmpty();
  }

  private static Node node(String operator, String... inputs) {
    GraphEditor graph = GraphEditor.create(18);
    return graph
        .node(operator, Arrays.stream(inputs).map(Value::new).toArray(Value[]::new))
        .into(List.of(new Value("y")));
  }

  private static Optional<List<Content>> evaluate(String operator, Content... inputs) {
    String[] names = new String[inputs.length];
    Arrays.setAll(names, i -> "x" + i);
    return NodeEvaluation.of(
        node(operator, names), Arrays.stream(inputs).map(Optional::of).toList());
  }
}
