package io.hone.onnx.gradient;

import io.hone.onnx.gradient.PlaceInBatchTest.Case;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Functions of images {@code [N, 3, 7, 7]} that move, gather, sample, slide and contract. */
final class RearrangingFunctions {
  private RearrangingFunctions() {}

  static Stream<Case> all() {
    return Stream.of(moving(), einsums(), windows()).flatMap(cases -> cases);
  }

  private static Stream<Case> moving() {
    return Stream.of(
        new Case("roll", RearrangingFunctions::roll),
        new Case(
            "Slice with steps",
            (g, x) -> g.op("Slice", x, g.list(6, 0), g.list(-8, 7), g.list(2, 3), g.list(-2, 3))),
        new Case("Split", RearrangingFunctions::parts),
        new Case("Gather of one", (g, x) -> gather(g, x, ConstantTensor.longs(new long[] {3}))),
        new Case("Gather of several", (g, x) -> gather(g, x, ConstantTensor.list(5, 1, 5, 5, 0))),
        new Case("ScatterElements", RearrangingFunctions::scattered),
        new Case("Tile", (g, x) -> g.op("Tile", x, g.list(1, 2, 1, 3))),
        new Case(
            "Pad",
            (g, x) ->
                g.node("Pad", x, g.list(0, 0, 2, 1, 0, 0, 1, 3)).with("mode", "reflect").output()),
        new Case("Resize", RearrangingFunctions::resized),
        new Case("GridSample", RearrangingFunctions::sampled));
  }

  private static Stream<Case> einsums() {
    return Stream.of("nchw,ndhw->ncd", "nchw->nc", "nchw,nchw->n", "nchw,ncwv->nhv", "nchh->nc")
        .map(
            equation ->
                new Case(
                    "Einsum " + equation,
                    (g, x) -> {
                      Value[] operands =
                          equation.contains(",") ? new Value[] {x, x} : new Value[] {x};
                      return g.node("Einsum", operands).with("equation", equation).output();
                    }));
  }

  private static Stream<Case> windows() {
    Stream<Case> pools =
        Stream.of("MaxPool", "AveragePool", "LpPool")
            .map(
                operator ->
                    new Case(
                        operator,
                        (g, x) ->
                            g.node(operator, x)
                                .with("kernel_shape", new long[] {3, 3})
                                .with("strides", new long[] {2, 2})
                                .with("pads", new long[] {1, 1, 1, 1})
                                .output()));
    Stream<Case> convolutions =
        Stream.of("Conv", "ConvTranspose")
            .map(operator -> new Case(operator, (g, x) -> convolution(g, operator, x)));
    Stream<Case> whole =
        Stream.of("GlobalLpPool", "GlobalMaxPool")
            .map(operator -> new Case(operator, (g, x) -> g.op(operator, x)));
    return Stream.of(pools, convolutions, whole).flatMap(cases -> cases);
  }

  private static Value roll(GraphEditor g, Value x) {
    Value end = g.op("Slice", x, g.list(3), g.list(Integer.MAX_VALUE), g.list(2));
    Value start = g.op("Slice", x, g.list(0), g.list(3), g.list(2));
    return g.node("Concat", end, start).with("axis", 2).output();
  }

  private static Value parts(GraphEditor g, Value x) {
    List<Value> parts = g.node("Split", x, g.list(2, 4, 1)).with("axis", 3).outputs(3);
    return g.op(
        "MatMul",
        parts.get(1),
        g.node("Transpose", parts.get(1)).with("perm", new long[] {0, 1, 3, 2}).output());
  }

  private static Value gather(GraphEditor g, Value x, ConstantTensor indices) {
    return g.node("Gather", x, g.constant(indices)).with("axis", 3).output();
  }

  private static Value scattered(GraphEditor g, Value x) {
    List<Value> best = g.node("TopK", x, g.list(3)).with("axis", 3).outputs(2);
    return g.node("ScatterElements", x, best.get(1), best.get(0))
        .with("axis", 2)
        .with("reduction", "mul")
        .output();
  }

  private static Value resized(GraphEditor g, Value x) {
    Value scales = g.constant(ConstantTensor.floats(new float[] {1, 1, 1.7f, 0.8f}, 4));
    return g.node("Resize", x, Value.NONE, scales).with("mode", "cubic").output();
  }

  /** Places that the image itself tells. */
  private static Value sampled(GraphEditor g, Value x) {
    Value two = g.op("Slice", x, g.list(0), g.list(2), g.list(1));
    Value grid = g.node("Transpose", two).with("perm", new long[] {0, 2, 3, 1}).output();
    return g.op("GridSample", x, grid);
  }

  private static Value convolution(GraphEditor g, String operator, Value x) {
    float[] weights = Array.uniform(new Random(4), -1, 1, 3, 5, 3, 3).content();
    boolean plain = operator.equals("Conv");
    Value kernel = g.constant(ConstantTensor.floats(weights, plain ? 5 : 3, plain ? 3 : 5, 3, 3));
    return g.node(operator, x, kernel).with("strides", new long[] {2, 2}).output();
  }
}
