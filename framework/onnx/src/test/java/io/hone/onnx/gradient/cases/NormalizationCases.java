package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Normalisations. */
final class NormalizationCases {
  private NormalizationCases() {}

  static Stream<OperatorCases> all() {
    return Stream.concat(alongAxes(), ofChannels());
  }

  private static Stream<OperatorCases> alongAxes() {
    return Stream.of(
        softmax("Softmax").at(7, 11, 13, 18),
        softmax("LogSoftmax").at(7, 11, 13, 18),
        softmax("Hardmax").at(7, 11, 13, 18),
        OperatorCases.of("LpNormalization", Drawn::anyShape, NormalizationCases::length)
            .at(7, 18, 22),
        OperatorCases.of("LayerNormalization", Drawn::anyShape, NormalizationCases::layer)
            .at(17, 18),
        OperatorCases.of("RMSNormalization", Drawn::anyShape, NormalizationCases::rootMeanSquare)
            .at(23, 24),
        OperatorCases.of(
                "MeanVarianceNormalization", Drawn::images, NormalizationCases::meanVariance)
            .at(9, 13, 18));
  }

  private static Stream<OperatorCases> ofChannels() {
    return Stream.of(
        OperatorCases.of("BatchNormalization", Drawn::images, NormalizationCases::batch)
            .at(7, 9, 14, 15, 18),
        OperatorCases.of(
                "BatchNormalization", NormalizationCases::several, NormalizationCases::training)
            .at(14, 15, 18, 21),
        OperatorCases.of("InstanceNormalization", Drawn::images, NormalizationCases::instance)
            .at(7, 18, 22),
        OperatorCases.of("GroupNormalization", Drawn::images, NormalizationCases::group)
            .at(18, 21, 22),
        OperatorCases.of("LRN", NormalizationCases::planes, NormalizationCases::localResponse)
            .at(7, 13, 18));
  }

  /** With its old default axis, the new one, and every other; in a sum, as Hardmax has no slope. */
  private static OperatorCases softmax(String operator) {
    return OperatorCases.of(
        operator,
        Drawn::anyShape,
        (g, x, s, r) -> {
          GraphEditor.NodeWriter node = g.node(operator, g.op("Mul", x, g.scalar(3)));
          boolean named = r.nextInt(3) > 0 || (s.length == 1 && g.opset() < 13);
          long axis = g.opset() < 11 ? r.nextInt(s.length) : Drawn.axis(s, r);
          Value result = named ? node.with("axis", axis).output() : node.output();
          return g.op("Add", result, g.op("Mul", x, g.scalar(0.1f)));
        });
  }

  private static Value length(GraphEditor g, Value x, long[] s, Random r) {
    // Away from 0, where the direction turns too fast for finite differences.
    Value image = g.op("Add", x, Drawn.constant(g, r, s));
    GraphEditor.NodeWriter node = g.node("LpNormalization", g.op("Mul", image, g.scalar(2)));
    return r.nextInt(3) == 0
        ? node.output()
        : node.with("p", 1 + r.nextInt(2)).with("axis", Drawn.axis(s, r)).output();
  }

  private static Value layer(GraphEditor g, Value x, long[] s, Random r) {
    long axis = Drawn.axis(s, r);
    long[] rest = from(s, axis);
    Value scale = Drawn.constant(g, r, rest);
    Value shift = r.nextBoolean() ? Drawn.constant(g, r, rest) : Value.NONE;
    GraphEditor.NodeWriter node =
        g.node("LayerNormalization", x, scale, shift).with("axis", axis).with("epsilon", 0.05f);
    return r.nextInt(3) == 0 ? node.outputs(3).get(0) : node.output();
  }

  private static Value rootMeanSquare(GraphEditor g, Value x, long[] s, Random r) {
    long axis = Drawn.axis(s, r);
    return g.node("RMSNormalization", x, Drawn.constant(g, r, from(s, axis)))
        .with("axis", axis)
        .with("epsilon", 0.05f)
        .output();
  }

  /** The sizes from an axis on. */
  private static long[] from(long[] shape, long axis) {
    return Arrays.copyOfRange(shape, (int) (axis < 0 ? axis + shape.length : axis), shape.length);
  }

  private static Value meanVariance(GraphEditor g, Value x, long[] s, Random r) {
    GraphEditor.NodeWriter node = g.node("MeanVarianceNormalization", x);
    return s.length == 4 && r.nextBoolean()
        ? node.output()
        : node.with("axes", r.nextBoolean() ? new long[] {2} : new long[] {1, 2}).output();
  }

  private static Value batch(GraphEditor g, Value x, long[] s, Random r) {
    return g.node(
            "BatchNormalization",
            x,
            Drawn.constant(g, r, s[1]),
            Drawn.constant(g, r, s[1]),
            Drawn.constant(g, r, s[1]),
            Drawn.positive(g, r, s[1]))
        .with("epsilon", 1e-3f)
        .output();
  }

  /** Enough numbers in a channel for a batch to have statistics. */
  private static long[] several(Random r) {
    long[] shape = Drawn.images(r);
    shape[0] = 2;
    return shape;
  }

  /** By the statistics of the batch. */
  private static Value training(GraphEditor g, Value x, long[] s, Random r) {
    GraphEditor.NodeWriter node =
        g.node(
                "BatchNormalization",
                x,
                Drawn.constant(g, r, s[1]),
                Drawn.constant(g, r, s[1]),
                Drawn.constant(g, r, s[1]),
                Drawn.positive(g, r, s[1]))
            .with("training_mode", 1)
            .with("epsilon", 1e-2f);
    if (r.nextBoolean()) {
      node.with("momentum", 0.7f);
    }
    // ONNX Runtime takes such a node with all its outputs alone.
    return node.outputs(3).get(0);
  }

  private static Value instance(GraphEditor g, Value x, long[] s, Random r) {
    return g.node(
            "InstanceNormalization", x, Drawn.constant(g, r, s[1]), Drawn.constant(g, r, s[1]))
        .with("epsilon", 1e-2f)
        .output();
  }

  private static Value group(GraphEditor g, Value x, long[] s, Random r) {
    long groups = s[1] % 2 == 0 && r.nextBoolean() ? s[1] / 2 : s[1] == 9 ? 3 : 1;
    long scales = g.opset() < 21 ? groups : s[1];
    return g.node(
            "GroupNormalization", x, Drawn.constant(g, r, scales), Drawn.constant(g, r, scales))
        .with("num_groups", groups)
        .with("epsilon", 1e-2f)
        .output();
  }

  /** ONNX Runtime knows this operator for images of two axes. */
  private static long[] planes(Random r) {
    return Drawn.shape(1 + r.nextInt(2), 1 + r.nextInt(7), 2 + r.nextInt(3), 1 + r.nextInt(4));
  }

  private static Value localResponse(GraphEditor g, Value x, long[] s, Random r) {
    GraphEditor.NodeWriter node = g.node("LRN", g.op("Mul", x, g.scalar(2)));
    return r.nextInt(3) == 0
        ? node.with("size", 3).output()
        : node.with("size", 1 + 2 * r.nextInt(4))
            .with("alpha", 0.5f)
            .with("beta", 0.6f)
            .with("bias", 1.5f)
            .output();
  }
}
