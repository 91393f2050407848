package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reductions along axes: named by an attribute or an input, counted from either end, or all. */
final class ReductionCases {
  private ReductionCases() {}

  static Stream<OperatorCases> all() {
    return Stream.of(
        of("ReduceSum", g -> x -> g.op("Mul", x, x)).at(7, 11, 13, 18),
        of("ReduceMean", g -> x -> g.op("Mul", x, x)).at(7, 11, 13, 18),
        of("ReduceMax", g -> x -> x).at(7, 11, 12, 13, 18, 20),
        of("ReduceMin", g -> x -> x).at(7, 11, 12, 13, 18, 20),
        of("ReduceL1", g -> x -> x).at(7, 11, 13, 18),
        of("ReduceL2", g -> x -> x).at(7, 11, 13, 18),
        of("ReduceSumSquare", g -> x -> x).at(7, 11, 13, 18),
        of("ReduceLogSum", g -> x -> g.op("Add", x, g.scalar(1.5f))).at(7, 11, 13, 18),
        of("ReduceLogSumExp", g -> x -> g.op("Mul", x, g.scalar(2))).at(7, 11, 13, 18),
        of("ReduceProd", g -> x -> g.op("Add", x, g.scalar(0.3f))).at(7, 11, 13, 18),
        // One element in three is 0: none, one or more of a product's factors.
        of("ReduceProd", g -> x -> g.op("Mul", x, thirds(g, x))).at(7, 11, 13, 18));
  }

  private static Value thirds(GraphEditor g, Value x) {
    Value large = g.op("Greater", g.op("Abs", x), g.scalar(0.33f));
    return g.node("Cast", large).with("to", 1).output();
  }

  private static OperatorCases of(
      String operator, Function<GraphEditor, UnaryOperator<Value>> prepared) {
    return OperatorCases.of(
        operator,
        Drawn::anyShape,
        (g, x, s, r) -> reduction(g, operator, prepared.apply(g).apply(x), s, r));
  }

  private static Value reduction(GraphEditor g, String operator, Value x, long[] s, Random r) {
    boolean input = g.opset() >= (operator.equals("ReduceSum") ? 13 : 18);
    GraphEditor.NodeWriter node =
        switch (r.nextInt(4)) {
          case 0 -> g.node(operator, x);
          case 1 ->
              input
                  ? g.node(operator, x, g.list()).with("noop_with_empty_axes", r.nextInt(2))
                  : g.node(operator, x);
          case 2 -> named(g, operator, x, input, Drawn.axis(s, r));
          default ->
              s.length == 1
                  ? named(g, operator, x, input, 0)
                  : named(g, operator, x, input, s.length - 1, g.opset() < 11 ? 0 : -s.length);
        };
    return node.with("keepdims", r.nextInt(2)).output();
  }

  private static GraphEditor.NodeWriter named(
      GraphEditor g, String operator, Value x, boolean input, long... axes) {
    return input ? g.node(operator, x, g.list(axes)) : g.node(operator, x).with("axes", axes);
  }
}
