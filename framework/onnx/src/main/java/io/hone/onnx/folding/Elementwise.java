package io.hone.onnx.folding;

import io.hone.onnx.graph.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Arithmetic, comparisons and logic, element by element. */
final class Elementwise {
  private Elementwise() {}

  static void addTo(Map<String, Function<Operands, Content>> rules) {
    Map<String, Binary> arithmetic = new HashMap<>();
    arithmetic.put("Add", new Binary(Long::sum, Double::sum));
    arithmetic.put("Sub", new Binary((a, b) -> a - b, (a, b) -> a - b));
    arithmetic.put("Mul", new Binary((a, b) -> a * b, (a, b) -> a * b));
    arithmetic.put("Div", new Binary((a, b) -> a / b, (a, b) -> a / b));
    arithmetic.put("Min", new Binary(Math::min, Math::min));
    arithmetic.put("Max", new Binary(Math::max, Math::max));
    arithmetic.put("Sum", arithmetic.get("Add"));
    arithmetic.forEach((operator, rule) -> rules.put(operator, operands -> fold(operands, rule)));
    rules.put("Mod", Elementwise::modulo);
    rules.put("Pow", Elementwise::power);
    compare(rules, "Equal", (a, b) -> a == b ? 1 : 0, (a, b) -> a == b ? 1 : 0);
    compare(rules, "Less", (a, b) -> a < b ? 1 : 0, (a, b) -> a < b ? 1 : 0);
    compare(rules, "LessOrEqual", (a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 1 : 0);
    compare(rules, "Greater", (a, b) -> a > b ? 1 : 0, (a, b) -> a > b ? 1 : 0);
    compare(rules, "GreaterOrEqual", (a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 1 : 0);
    compare(rules, "And", (a, b) -> a & b, null);
    compare(rules, "Or", (a, b) -> a | b, null);
    compare(rules, "Xor", (a, b) -> a ^ b, null);
    unary(rules, "Neg", a -> -a, a -> -a);
    unary(rules, "Abs", Math::abs, Math::abs);
    unary(rules, "Sign", Long::signum, Math::signum);
    unary(rules, "Floor", null, Math::floor);
    unary(rules, "Ceil", null, Math::ceil);
    unary(rules, "Round", null, Math::rint);
    unary(rules, "Sqrt", null, Math::sqrt);
    unary(rules, "Reciprocal", null, a -> 1 / a);
    unary(rules, "Relu", a -> Math.max(0, a), a -> Math.max(0, a));
    unary(rules, "Not", a -> 1 - a, null);
    rules.put("Clip", Elementwise::clip);
    rules.put("Cast", operands -> cast(operands.input(0), target(operands)));
    rules.put("CastLike", operands -> cast(operands.input(0), operands.input(1).type()));
  }

  private record Binary(LongBinaryOperator whole, DoubleBinaryOperator fraction) {}

  private static void unary(
      Map<String, Function<Operands, Content>> rules,
      String operator,
      LongUnaryOperator whole,
      DoubleUnaryOperator fraction) {
    rules.put(operator, operands -> map(operands.input(0), whole, fraction));
  }

  private static Content map(Content content, LongUnaryOperator whole, DoubleUnaryOperator other) {
    if (content.isWhole()) {
      long[] result = content.integers();
      for (int i = 0; i < result.length; i++) {
        result[i] = given(whole).applyAsLong(result[i]);
      }
      return Content.integers(content.type(), content.sizes(), result);
    }
    double[] result = new double[content.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = given(other).applyAsDouble(content.number(i));
    }
    return Content.numbers(content.type(), content.sizes(), result);
  }

  private static <T> T given(T rule) {
    if (rule == null) {
      throw new IllegalArgumentException("not defined for this type");
    }
    return rule;
  }

  private static void compare(
      Map<String, Function<Operands, Content>> rules,
      String operator,
      LongBinaryOperator whole,
      Comparison fraction) {
    rules.put(
        operator,
        operands -> {
          Pair pair = Pair.of(operands.input(0), operands.input(1));
          long[] result = new long[pair.count()];
          for (int i = 0; i < result.length; i++) {
            result[i] =
                pair.isWhole()
                    ? whole.applyAsLong(pair.left(i), pair.right(i))
                    : given(fraction).test(pair.leftNumber(i), pair.rightNumber(i));
          }
          return Content.integers(ElementType.BOOL, pair.sizes(), result);
        });
  }

  /** Compares two fractions; 1 for true. */
  @FunctionalInterface
  private interface Comparison {
    long test(double left, double right);
  }

  private static Content fold(Operands operands, Binary rule) {
    Content result = operands.input(0);
    for (int i = 1; i < operands.inputs().size(); i++) {
      result = apply(result, operands.input(i), rule);
    }
    return result;
  }

  private static Content apply(Content left, Content right, Binary rule) {
    Pair pair = Pair.of(left, right);
    if (pair.isWhole()) {
      long[] result = new long[pair.count()];
      for (int i = 0; i < result.length; i++) {
        result[i] = rule.whole().applyAsLong(pair.left(i), pair.right(i));
      }
      return Content.integers(left.type(), pair.sizes(), result);
    }
    double[] result = new double[pair.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = rule.fraction().applyAsDouble(pair.leftNumber(i), pair.rightNumber(i));
    }
    return Content.numbers(left.type(), pair.sizes(), result);
  }

  /** The sign follows the divisor, or with {@code fmod} the dividend. */
  private static Content modulo(Operands operands) {
    boolean truncated = operands.node().integer("fmod", 0) != 0;
    Binary rule =
        truncated ? new Binary((a, b) -> a % b, (a, b) -> a % b) : new Binary(Math::floorMod, null);
    if (!operands.input(0).isWhole() && !truncated) {
      throw new IllegalArgumentException("fractions need fmod");
    }
    return fold(operands, rule);
  }

  /** Whole powers of whole numbers, as long as doubles hold them exactly. */
  private static Content power(Operands operands) {
    if (!operands.input(0).isWhole() || !operands.input(1).isWhole()) {
      throw new IllegalArgumentException("powers of fractions are rounded differently");
    }
    return fold(
        operands,
        new Binary(
            (a, b) -> {
              double power = Math.pow(a, b);
              if (b < 0 || Math.abs(power) > 1L << 53) {
                throw new ArithmeticException("no exact power");
              }
              return (long) power;
            },
            null));
  }

  private static Content clip(Operands operands) {
    Content result = operands.input(0);
    Optional<Content> low = operands.optional(1);
    Optional<Content> high = operands.optional(2);
    if (operands.node().has("min") || operands.node().has("max")) {
      throw new IllegalArgumentException("the form of opset 6");
    }
    if (low.isPresent()) {
      result = apply(result, low.get(), new Binary(Math::max, Math::max));
    }
    return high.isPresent() ? apply(result, high.get(), new Binary(Math::min, Math::min)) : result;
  }

  private static ElementType target(Operands operands) {
    return ElementType.of(Math.toIntExact(operands.node().integer("to", 0)));
  }

  /** What is outside the type wanted is left to a runtime: each does it in its own way. */
  private static Content cast(Content content, ElementType to) {
    if (!Content.isHeld(to)) {
      throw new IllegalArgumentException("cannot hold " + to);
    }
    int count = content.count();
    if (to.isFloating()) {
      double[] result = new double[count];
      for (int i = 0; i < count; i++) {
        // In one step: by way of a double a large integer would be rounded twice.
        result[i] =
            content.isWhole() && to == ElementType.FLOAT
                ? (float) content.integer(i)
                : content.number(i);
      }
      return Content.numbers(to, content.sizes(), result);
    }
    long[] result = new long[count];
    for (int i = 0; i < count; i++) {
      if (content.isWhole()) {
        result[i] = content.integer(i);
      } else if (to == ElementType.BOOL) {
        result[i] = content.number(i) == 0 ? 0 : 1;
      } else {
        result[i] = (long) content.number(i);
        if (!(Math.abs(content.number(i)) < (to == ElementType.INT64 ? 0x1p63 : 0x1p31))) {
          throw new ArithmeticException("not in range");
        }
      }
    }
    return Content.integers(to, content.sizes(), result);
  }

  /** Two tensors of one type, each repeated to the shape of both. */
  private record Pair(Content a, Content b, long[] sizes, int[] fromA, int[] fromB) {
    static Pair of(Content a, Content b) {
      if (a.type() != b.type()) {
        throw new IllegalArgumentException("types differ");
      }
      long[] sizes = Arrangement.common(a.sizes(), b.sizes());
      return new Pair(
          a,
          b,
          sizes,
          Arrangement.repeated(a.sizes(), sizes).sources(),
          Arrangement.repeated(b.sizes(), sizes).sources());
    }

    int count() {
      return fromA.length;
    }

    boolean isWhole() {
      return a.isWhole();
    }

    long left(int index) {
      return a.integer(fromA[index]);
    }

    long right(int index) {
      return b.integer(fromB[index]);
    }

    double leftNumber(int index) {
      return a.number(fromA[index]);
    }

    double rightNumber(int index) {
      return b.number(fromB[index]);
    }
  }
}
