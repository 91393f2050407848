package io.hone.onnx.gradient.cases;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Functions of one element, and arithmetic broadcast in every direction. */
final class ArithmeticCases {
  private ArithmeticCases() {}

  static Stream<OperatorCases> all() {
    return Stream.of(functions(), trigonometry(), broadcasting(), others()).flatMap(cases -> cases);
  }

  private static Stream<OperatorCases> functions() {
    return Stream.of(
        of("Neg", 1, 0).at(7, 13, 18),
        of("Abs", 1, 0).at(7, 13, 18),
        of("Exp", 1, 0).at(7, 13, 18),
        of("Erf", 2, 0).at(9, 13, 18),
        of("Identity", 1, 0).at(7, 13, 16, 18, 21),
        of("Log", 1, 1.5f).at(7, 13, 18),
        of("Sqrt", 1, 1.5f).at(7, 13, 18),
        of("Reciprocal", 1, 1.5f).at(7, 13, 18));
  }

  private static Stream<OperatorCases> trigonometry() {
    return Stream.of(
        of("Sin", 3, 0).at(7, 18, 22),
        of("Cos", 3, 0).at(7, 18, 22),
        of("Tan", 1.2f, 0).at(7, 18, 22),
        of("Asin", 0.8f, 0).at(7, 18, 22),
        of("Acos", 0.8f, 0).at(7, 18, 22),
        of("Atan", 3, 0).at(7, 18, 22),
        of("Sinh", 2, 0).at(9, 18, 22),
        of("Cosh", 2, 0).at(9, 18, 22),
        of("Asinh", 3, 0).at(9, 18, 22),
        of("Acosh", 1, 2.3f).at(9, 18, 22),
        of("Atanh", 0.8f, 0).at(9, 18, 22));
  }

  private static OperatorCases of(String operator, float factor, float shift) {
    return OperatorCases.of(
        operator,
        Drawn::anyShape,
        (g, x, s, r) ->
            g.op(operator, g.op("Add", g.op("Mul", x, g.scalar(factor)), g.scalar(shift))));
  }

  private static Stream<OperatorCases> broadcasting() {
    return Stream.of(
        binary("Add", x -> g -> x).at(7, 13, 14, 18),
        binary("Sub", x -> g -> x).at(7, 13, 14, 18),
        binary("Mul", x -> g -> x).at(7, 13, 14, 18),
        binary("Div", x -> g -> g.op("Add", x, g.scalar(2.5f))).at(7, 13, 14, 18),
        binary("Max", x -> g -> x).at(8, 12, 13, 18),
        binary("Min", x -> g -> x).at(8, 12, 13, 18),
        binary("Sum", x -> g -> x).at(8, 13, 18),
        binary("Mean", x -> g -> x).at(8, 13, 18),
        several("Sum").at(8, 13, 18),
        several("Mean").at(8, 13, 18),
        several("Max").at(8, 13, 18));
  }

  /** A function of the graph. */
  @FunctionalInterface
  private interface Written {
    Value in(GraphEditor graph);
  }

  private static OperatorCases binary(String operator, Function<Value, Written> prepared) {
    return OperatorCases.of(
        operator,
        Drawn::anyShape,
        (g, x, s, r) -> {
          Value image = prepared.apply(x).in(g);
          Value other = other(g, image, s, r);
          return r.nextBoolean() ? g.op(operator, image, other) : g.op(operator, other, image);
        });
  }

  /** Another operand: constants of any shape, and what depends on the image itself. */
  static Value other(GraphEditor g, Value image, long[] s, Random r) {
    return switch (r.nextInt(4)) {
      case 0 -> Drawn.constant(g, r, Drawn.narrowed(s, r));
      case 1 -> Drawn.constant(g, r, Drawn.widened(s, r));
      case 2 -> {
        // A part of the image along one axis, broadcast over the whole.
        Value mean = Drawn.mean(g, g.op("Tanh", image), r.nextInt(s.length));
        yield g.op("Add", mean, g.scalar(1.7f));
      }
      default -> g.op("Add", g.op("Mul", image, image), g.scalar(1.3f));
    };
  }

  private static OperatorCases several(String operator) {
    return OperatorCases.of(
        operator,
        Drawn::anyShape,
        (g, x, s, r) ->
            g.op(operator, other(g, x, s, r), x, Drawn.constant(g, r, 1), g.op("Tanh", x)));
  }

  private static Stream<OperatorCases> others() {
    return Stream.of(
        OperatorCases.of("Pow", Drawn::anyShape, ArithmeticCases::constantPower)
            .at(7, 12, 13, 15, 18),
        OperatorCases.of("Pow", Drawn::anyShape, ArithmeticCases::anyPower).at(7, 12, 13, 15, 18),
        OperatorCases.of("Mod", Drawn::anyShape, ArithmeticCases::remainder).at(10, 13, 18),
        OperatorCases.of("Where", Drawn::anyShape, ArithmeticCases::choice).at(9, 16, 18),
        OperatorCases.of("CumSum", Drawn::anyShape, ArithmeticCases::runningSum).at(11, 14, 18),
        OperatorCases.of("Cast", Drawn::anyShape, ArithmeticCases::cast).at(7, 9, 13, 18, 19, 21),
        OperatorCases.of(
                "CastLike",
                Drawn::anyShape,
                (g, x, s, r) -> g.op("CastLike", g.op("Mul", x, x), Drawn.constant(g, r, 1)))
            .at(15, 18, 19, 21));
  }

  /** Negative bases have powers of whole exponents only. */
  private static Value constantPower(GraphEditor g, Value x, long[] s, Random r) {
    float exponent = List.of(0f, 1f, 2f, 3f, -1f, 0.5f, -0.5f, 1.7f, 4f).get(r.nextInt(9));
    boolean whole = exponent == Math.rint(exponent) && exponent >= 0;
    Value base = whole ? x : g.op("Add", x, g.scalar(1.6f));
    boolean typed = g.opset() >= 12 && exponent == Math.rint(exponent) && r.nextBoolean();
    return g.op(
        "Pow",
        base,
        typed
            ? g.constant(ConstantTensor.longs(new long[] {(long) exponent}))
            : g.scalar(exponent));
  }

  /** Exponents broadcast, whole ones per element, and exponents that depend on the image. */
  private static Value anyPower(GraphEditor g, Value x, long[] s, Random r) {
    Value positive = g.op("Add", x, g.scalar(1.6f));
    switch (r.nextInt(4)) {
      case 0:
        return g.op("Pow", positive, other(g, x, s, r));
      case 1:
        return g.op("Pow", g.scalar(1.7f), x);
      case 2:
        return g.op("Pow", Drawn.positive(g, r, Drawn.widened(s, r)), x);
      default:
        long size = s[s.length - 1];
        long[] whole = r.longs(size, 0, 4).toArray();
        Value exponents = g.constant(ConstantTensor.longs(whole, size));
        if (g.opset() < 12) {
          exponents = g.node("Cast", exponents).with("to", ElementType.FLOAT.code()).output();
        }
        return g.op("Pow", x, exponents);
    }
  }

  private static Value remainder(GraphEditor g, Value x, long[] s, Random r) {
    Value image = g.op("Mul", x, g.scalar(3));
    BiFunction<Value, Value, Value> mod = (a, b) -> g.node("Mod", a, b).with("fmod", 1).output();
    return switch (r.nextInt(3)) {
      case 0 -> mod.apply(image, Drawn.constant(g, r, Drawn.narrowed(s, r)));
      case 1 ->
          mod.apply(Drawn.constant(g, r, Drawn.widened(s, r)), g.op("Add", x, g.scalar(1.4f)));
      default -> mod.apply(image, g.op("Add", g.op("Mul", x, x), g.scalar(0.9f)));
    };
  }

  private static Value choice(GraphEditor g, Value x, long[] s, Random r) {
    Value condition =
        switch (r.nextInt(3)) {
          case 0 -> g.op("Greater", x, g.scalar(0.1f));
          case 1 -> g.op("Less", Drawn.constant(g, r, Drawn.narrowed(s, r)), g.scalar(0));
          default -> g.op("Less", Drawn.constant(g, r, Drawn.widened(s, r)), g.scalar(0));
        };
    Value other = other(g, x, s, r);
    return r.nextBoolean()
        ? g.op("Where", condition, x, other)
        : g.op("Where", condition, other, g.op("Tanh", x));
  }

  private static Value runningSum(GraphEditor g, Value x, long[] s, Random r) {
    return g.node(
            "CumSum",
            g.op("Mul", x, x),
            g.constant(ConstantTensor.longs(new long[] {Drawn.axis(s, r)})))
        .with("exclusive", r.nextInt(2))
        .with("reverse", r.nextInt(2))
        .output();
  }

  /** From float to float; and through integers, which pass nothing on, beside it. */
  private static Value cast(GraphEditor g, Value x, long[] s, Random r) {
    Value same = g.node("Cast", g.op("Mul", x, x)).with("to", ElementType.FLOAT.code()).output();
    ElementType type = List.of(ElementType.INT64, ElementType.INT32).get(r.nextInt(2));
    Value whole = g.node("Cast", g.op("Mul", x, g.scalar(1.7f))).with("to", type.code()).output();
    Value doubled = g.op("Add", whole, whole);
    Value again = g.node("Cast", doubled).with("to", ElementType.FLOAT.code()).output();
    return r.nextBoolean() ? same : g.op("Add", same, again);
  }
}
