package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.Random;
import java.util.stream.Stream;

/** Normalisations. */
final class NormalizationCases {
  private NormalizationCases() {}

  static Stream<OperatorCases> all() {
    return normalizations();
  }

  private static Stream<OperatorCases> normalizations() {
    return Stream.of(
        OperatorCases.of(
            "Softmax", Drawn::anyShape, (g, x, s, r) -> softmax(g, "Softmax", x, s, r)),
        OperatorCases.of(
            "LogSoftmax", Drawn::anyShape, (g, x, s, r) -> softmax(g, "LogSoftmax", x, s, r)),
        OperatorCases.of(
            "BatchNormalization", Drawn::images, NormalizationCases::batchNormalization));
  }

  private static Value softmax(GraphEditor g, String operator, Value x, long[] s, Random r) {
    GraphEditor.NodeWriter node = g.node(operator, g.op("Mul", x, g.scalar(3)));
    return r.nextInt(3) == 0
        ? node.output()
        : node.with("axis", r.nextInt(2 * s.length) - s.length).output();
  }

  private static Value batchNormalization(GraphEditor g, Value x, long[] s, Random r) {
    Value variance =
        g.constant(ConstantTensor.floats(Array.uniform(r, 0.5f, 2, s[1]).content(), s[1]));
    return g.node(
            "BatchNormalization",
            x,
            Drawn.constant(g, r, s[1]),
            Drawn.constant(g, r, s[1]),
            Drawn.constant(g, r, s[1]),
            variance)
        .with("epsilon", 1e-3f)
        .output();
  }
}
