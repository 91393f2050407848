package io.hone.onnx.shape;

import io.hone.onnx.graph.Dimension;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Arithmetic and comparisons of integers of which some are sizes known only in a run. */
final class DimensionArithmetic {
  private static final Dimension FALSE = Dimension.of(0);
  private static final Dimension TRUE = Dimension.of(1);

  private static final Map<String, BinaryOperator<Dimension>> BINARY =
      Map.ofEntries(
          Map.entry("Add", Dimension::plus),
          Map.entry("Sum", Dimension::plus),
          Map.entry("Sub", Dimension::minus),
          Map.entry("Mul", Dimension::times),
          Map.entry("Div", DimensionArithmetic::quotient),
          Map.entry("Mod", DimensionArithmetic::remainder),
          Map.entry("Max", DimensionArithmetic::larger),
          Map.entry("Min", DimensionArithmetic::smaller),
          Map.entry("And", (a, b) -> a.equals(FALSE) || b.equals(FALSE) ? FALSE : both(a, b)),
          Map.entry("Or", (a, b) -> a.equals(TRUE) || b.equals(TRUE) ? TRUE : both(a, b)),
          Map.entry("Equal", DimensionArithmetic::equal),
          Map.entry("Greater", (a, b) -> less(b, a)),
          Map.entry("Less", DimensionArithmetic::less),
          Map.entry("GreaterOrEqual", (a, b) -> negated(less(a, b))),
          Map.entry("LessOrEqual", (a, b) -> negated(less(b, a))));

  private DimensionArithmetic() {}

  /** Returns whether an operator combines integers element by element. */
  static boolean covers(String operator) {
    return BINARY.containsKey(operator);
  }

  static Dimension apply(String operator, Dimension a) {
    return switch (operator) {
      case "Neg" -> a.times(Dimension.of(-1));
      case "Abs" -> a.isAtLeast(0) ? a : fixed(a, Math.abs(a.size()));
      case "Not" -> fixed(a, 1 - a.size());
      default -> Dimension.UNKNOWN;
    };
  }

  private static Dimension fixed(Dimension operand, long result) {
    return operand.isFixed() ? Dimension.of(result) : Dimension.UNKNOWN;
  }

  static Dimension reduce(String operator, Dimension a, Dimension b) {
    return switch (operator) {
      case "ReduceProd" -> a.times(b);
      case "ReduceSum" -> a.plus(b);
      case "ReduceMax" -> larger(a, b);
      case "ReduceMin" -> smaller(a, b);
      default -> Dimension.UNKNOWN;
    };
  }

  static Dimension apply(String operator, Dimension a, Dimension b) {
    BinaryOperator<Dimension> rule = BINARY.get(operator);
    return rule == null ? Dimension.UNKNOWN : rule.apply(a, b);
  }

  /** Where neither side decides alone, equal sides decide. */
  private static Dimension both(Dimension a, Dimension b) {
    return a.sameAs(b) ? a : Dimension.UNKNOWN;
  }

  private static Dimension negated(Dimension truth) {
    return fixed(truth, 1 - truth.size());
  }

  /** Divides as ONNX does, towards 0; below 0 only numbers are divided. */
  static Dimension quotient(Dimension a, Dimension b) {
    if (a.isFixed() && b.isFixed()) {
      return b.size() == 0 ? Dimension.UNKNOWN : Dimension.of(a.size() / b.size());
    }
    return a.dividedExactlyBy(b)
        .orElseGet(
            () ->
                a.isAtLeast(0) && b.isAtLeast(0)
                    ? Dimension.derived("quotient", a, b)
                    : Dimension.UNKNOWN);
  }

  private static Dimension remainder(Dimension a, Dimension b) {
    if (a.isFixed() && b.isFixed() && a.size() >= 0 && b.size() > 0) {
      return Dimension.of(a.size() % b.size());
    }
    if (a.dividedExactlyBy(b).isPresent()) {
      return Dimension.of(0);
    }
    return a.isAtLeast(0) && b.isAtLeast(0)
        ? Dimension.derived("remainder", a, b)
        : Dimension.UNKNOWN;
  }

  static Dimension larger(Dimension a, Dimension b) {
    if (a.minus(b).isAtLeast(0)) {
      return a;
    }
    if (b.minus(a).isAtLeast(0)) {
      return b;
    }
    return a.isAtLeast(0) || b.isAtLeast(0) ? Dimension.derived("max", a, b) : Dimension.UNKNOWN;
  }

  static Dimension smaller(Dimension a, Dimension b) {
    if (a.minus(b).isAtLeast(0)) {
      return b;
    }
    if (b.minus(a).isAtLeast(0)) {
      return a;
    }
    return a.isAtLeast(0) && b.isAtLeast(0) ? Dimension.derived("min", a, b) : Dimension.UNKNOWN;
  }

  private static Dimension equal(Dimension a, Dimension b) {
    if (a.sameAs(b)) {
      return TRUE;
    }
    boolean apart = a.minus(b).isAtLeast(1) || b.minus(a).isAtLeast(1);
    return apart || (a.isFixed() && b.isFixed()) ? FALSE : Dimension.UNKNOWN;
  }

  private static Dimension less(Dimension a, Dimension b) {
    if (b.minus(a).isAtLeast(1)) {
      return TRUE;
    }
    return a.minus(b).isAtLeast(0) ? FALSE : Dimension.UNKNOWN;
  }
}
