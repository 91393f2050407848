package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Activations, on both sides of every kink. */
final class ActivationCases {
  private ActivationCases() {}

  static Stream<OperatorCases> all() {
    return Stream.of(plain(), bounded(), sloped()).flatMap(cases -> cases);
  }

  private static Stream<OperatorCases> plain() {
    return Stream.of(
        wide("Relu").at(7, 13, 14, 18),
        wide("Sigmoid").at(7, 13, 18),
        wide("Tanh").at(7, 13, 18),
        wide("Softplus").at(7, 18, 22),
        wide("Softsign").at(7, 18, 22),
        wide("HardSwish").at(14, 18, 22),
        wide("Mish").at(18, 22),
        OperatorCases.of("Gelu", Drawn::anyShape, ActivationCases::gelu).at(20, 21),
        OperatorCases.of("Dropout", Drawn::anyShape, ActivationCases::dropout)
            .at(7, 10, 12, 13, 18, 22));
  }

  private static Stream<OperatorCases> bounded() {
    return Stream.of(
        OperatorCases.of("Clip", Drawn::anyShape, ActivationCases::clip).at(7, 11, 12, 13, 18),
        OperatorCases.of("HardSigmoid", Drawn::anyShape, ActivationCases::hardSigmoid)
            .at(7, 18, 22),
        with("Shrink", "lambd", 0.5f, 1.5f).at(9, 18),
        OperatorCases.of(
                "Shrink",
                Drawn::anyShape,
                (g, x, s, r) -> g.node("Shrink", x).with("lambd", 0.3f).with("bias", 0.2f).output())
            .at(9, 18),
        with("ThresholdedRelu", "alpha", 0.4f, -0.7f).at(10, 18, 22));
  }

  private static Stream<OperatorCases> sloped() {
    return Stream.of(
        with("LeakyRelu", "alpha", 0.2f, 0f, -0.5f, 1.5f).at(7, 16, 18),
        with("Elu", "alpha", 1f, 0.3f, -0.5f).at(7, 18, 22),
        with("Celu", "alpha", 0.4f, 2.5f).at(12, 18),
        with("Swish", "alpha", 0.5f, 1.7f, -1f).at(24),
        OperatorCases.of("Selu", Drawn::anyShape, ActivationCases::selu).at(7, 18, 22),
        OperatorCases.of("PRelu", Drawn::anyShape, ActivationCases::parametricRelu)
            .at(7, 9, 16, 18));
  }

  /** Of elements from -4 to 4. */
  private static OperatorCases wide(String operator) {
    return OperatorCases.of(
        operator, Drawn::anyShape, (g, x, s, r) -> g.op(operator, g.op("Mul", x, g.scalar(4))));
  }

  /** With an attribute left out, or set to one of some values. */
  private static OperatorCases with(String operator, String attribute, Float... values) {
    return OperatorCases.of(
        operator,
        Drawn::anyShape,
        (g, x, s, r) -> {
          GraphEditor.NodeWriter node = g.node(operator, g.op("Mul", x, g.scalar(2)));
          return r.nextInt(values.length + 1) == 0
              ? node.output()
              : node.with(attribute, values[r.nextInt(values.length)]).output();
        });
  }

  private static Value gelu(GraphEditor g, Value x, long[] s, Random r) {
    return g.node("Gelu", g.op("Mul", x, g.scalar(3)))
        .with("approximate", List.of("none", "tanh").get(r.nextInt(2)))
        .output();
  }

  private static Value hardSigmoid(GraphEditor g, Value x, long[] s, Random r) {
    GraphEditor.NodeWriter node = g.node("HardSigmoid", g.op("Mul", x, g.scalar(4)));
    return switch (r.nextInt(3)) {
      case 0 -> node.output();
      case 1 -> node.with("alpha", 1 / 6f).with("beta", 0.5f).output();
      default -> node.with("alpha", -0.4f).with("beta", 0.3f).output();
    };
  }

  private static Value selu(GraphEditor g, Value x, long[] s, Random r) {
    return r.nextBoolean()
        ? g.op("Selu", x)
        : g.node("Selu", x).with("alpha", 0.8f).with("gamma", 1.4f).output();
  }

  private static Value parametricRelu(GraphEditor g, Value x, long[] s, Random r) {
    if (r.nextBoolean()) {
      return g.op("PRelu", x, Drawn.constant(g, r, Drawn.narrowed(s, r)));
    }
    // The slope depends on the image too.
    return g.op("PRelu", x, g.op("Mul", x, x));
  }

  private static Value clip(GraphEditor g, Value x, long[] s, Random r) {
    boolean below = r.nextBoolean();
    boolean above = r.nextBoolean();
    if (g.opset() < 11) {
      GraphEditor.NodeWriter node = g.node("Clip", x);
      node = below ? node.with("min", -0.4f) : node;
      return above ? node.with("max", 0.3f).output() : node.output();
    }
    return g.op(
        "Clip", x, below ? g.scalar(-0.4f) : Value.NONE, above ? g.scalar(0.3f) : Value.NONE);
  }

  /** At inference, with everything that may be said about training. */
  private static Value dropout(GraphEditor g, Value x, long[] s, Random r) {
    Value image = g.op("Tanh", x);
    if (g.opset() < 12) {
      GraphEditor.NodeWriter node = g.node("Dropout", image);
      return r.nextBoolean() ? node.output() : node.with("ratio", 0.4f).output();
    }
    Value ratio = r.nextBoolean() ? g.scalar(0.4f) : Value.NONE;
    Value training =
        r.nextBoolean()
            ? g.node("Cast", g.constant(ConstantTensor.longs(new long[] {0})))
                .with("to", 9)
                .output()
            : Value.NONE;
    GraphEditor.NodeWriter node = g.node("Dropout", image, ratio, training);
    return r.nextBoolean() ? node.output() : node.outputs(2).get(0);
  }
}
