package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Random;
import java.util.stream.Stream;

/** Sums, means and their like along axes. */
final class ReductionCases {
  private ReductionCases() {}

  static Stream<OperatorCases> all() {
    return reductions();
  }

  private static Stream<OperatorCases> reductions() {
    return Stream.of("ReduceMean", "ReduceSum")
        .map(
            operator ->
                OperatorCases.of(
                    operator, Drawn::anyShape, (g, x, s, r) -> reduction(g, operator, x, s, r)));
  }

  private static Value reduction(GraphEditor g, String operator, Value x, long[] s, Random r) {
    Value square = g.op("Mul", x, x);
    long keep = r.nextInt(2);
    switch (r.nextInt(4)) {
      case 0:
        return g.node(operator, square).with("keepdims", keep).output();
      case 1:
        return g.node(operator, square, g.list())
            .with("noop_with_empty_axes", r.nextInt(2))
            .with("keepdims", keep)
            .output();
      case 2:
        return g.node(operator, square, g.list(r.nextInt(2 * s.length) - s.length))
            .with("keepdims", keep)
            .output();
      default:
        long[] axes = s.length == 1 ? new long[] {0} : new long[] {s.length - 1, -s.length};
        return g.node(operator, square, g.list(axes)).with("keepdims", keep).output();
    }
  }
}
