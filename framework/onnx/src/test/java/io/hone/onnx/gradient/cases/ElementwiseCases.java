package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Activations and arithmetic, broadcast in every direction. */
final class ElementwiseCases {
  private ElementwiseCases() {}

  static Stream<OperatorCases> all() {
    return Stream.concat(elementwise(), arithmetic());
  }

  private static Stream<OperatorCases> elementwise() {
    List<OperatorCases> tests = new ArrayList<>();
    for (String operator :
        List.of("Neg", "Relu", "Sigmoid", "Tanh", "Identity", "Abs", "Exp", "Dropout")) {
      tests.add(OperatorCases.of(operator, Drawn::anyShape, (g, x, s, r) -> g.op(operator, x)));
    }
    for (String operator : List.of("Log", "Sqrt", "Reciprocal")) {
      tests.add(
          OperatorCases.of(
              operator,
              Drawn::anyShape,
              (g, x, s, r) -> g.op(operator, g.op("Add", x, g.scalar(1.5f)))));
    }
    tests.add(
        OperatorCases.of(
            "LeakyRelu",
            Drawn::anyShape,
            (g, x, s, r) ->
                g.node("LeakyRelu", x)
                    .with("alpha", List.of(0.2f, 0f, -0.5f, 1.5f).get(r.nextInt(4)))
                    .output()));
    tests.add(
        OperatorCases.of(
            "Elu",
            Drawn::anyShape,
            (g, x, s, r) ->
                g.node("Elu", x)
                    .with("alpha", List.of(1f, 0.3f, -0.5f).get(r.nextInt(3)))
                    .output()));
    tests.add(OperatorCases.of("PRelu", Drawn::anyShape, ElementwiseCases::parametricRelu));
    tests.add(OperatorCases.of("Clip", Drawn::anyShape, ElementwiseCases::clip));
    tests.add(
        OperatorCases.of(
            "Cast",
            Drawn::anyShape,
            (g, x, s, r) ->
                g.node("Cast", g.op("Mul", x, x)).with("to", ElementType.FLOAT.code()).output()));
    return tests.stream();
  }

  private static Stream<OperatorCases> arithmetic() {
    List<OperatorCases> tests = new ArrayList<>();
    for (String operator : List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum")) {
      tests.add(
          OperatorCases.of(
              operator, Drawn::anyShape, (g, x, s, r) -> binary(g, operator, x, s, r)));
    }
    return tests.stream();
  }

  private static Value parametricRelu(GraphEditor g, Value x, long[] s, Random r) {
    if (r.nextBoolean()) {
      return g.op("PRelu", x, Drawn.constant(g, r, Drawn.narrowed(s, r)));
    }
    // The slope depends on the image too.
    return g.op("PRelu", x, g.op("Mul", x, x));
  }

  private static Value clip(GraphEditor g, Value x, long[] s, Random r) {
    Value low = r.nextBoolean() ? g.scalar(-0.4f) : Value.NONE;
    Value high = r.nextBoolean() ? g.scalar(0.3f) : Value.NONE;
    return g.op("Clip", x, low, high);
  }

  /** Broadcasts in every direction: with constants on either side, and with the image itself. */
  private static Value binary(GraphEditor g, String operator, Value x, long[] s, Random r) {
    Value image = operator.equals("Div") ? g.op("Add", x, g.scalar(2.5f)) : x;
    Value other;
    switch (r.nextInt(4)) {
      case 0 -> other = Drawn.constant(g, r, Drawn.narrowed(s, r));
      case 1 -> other = Drawn.constant(g, r, Drawn.widened(s, r));
      case 2 -> {
        // A part of the image along one axis, broadcast over the whole.
        int axis = r.nextInt(s.length);
        Value mean =
            g.node("ReduceMean", g.op("Tanh", image), g.list(axis)).with("keepdims", 1).output();
        other = g.op("Add", mean, g.scalar(1.7f));
      }
      default -> other = g.op("Add", g.op("Mul", image, image), g.scalar(1.3f));
    }
    return r.nextBoolean() ? g.op(operator, image, other) : g.op(operator, other, image);
  }
}
