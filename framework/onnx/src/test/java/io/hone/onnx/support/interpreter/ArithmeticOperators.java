package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Operators that make each element from several, broadcast. */
final class ArithmeticOperators {
  private ArithmeticOperators() {}

  static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    all.put("Add", folded(Double::sum));
    all.put("Sub", folded((a, b) -> a - b));
    all.put("Mul", folded((a, b) -> a * b));
    all.put("Max", folded(Math::max));
    all.put("Min", folded(Math::min));
    all.put("Sum", folded(Double::sum));
    all.put("Pow", folded(Math::pow));
    all.put("PRelu", folded((x, slope) -> x < 0 ? slope * x : x));
    all.put("Div", Operator.single(ArithmeticOperators::divide));
    all.put("Mod", Operator.single(ArithmeticOperators::modulo));
    all.put("Where", Operator.single(ArithmeticOperators::where));
    all.put("Equal", compared((a, b) -> a == b ? 1 : 0));
    all.put("Greater", compared((a, b) -> a > b ? 1 : 0));
    all.put("GreaterOrEqual", compared((a, b) -> a >= b ? 1 : 0));
    all.put("Less", compared((a, b) -> a < b ? 1 : 0));
    all.put("LessOrEqual", compared((a, b) -> a <= b ? 1 : 0));
    all.put("And", compared((a, b) -> a * b));
    all.put("Or", compared(Math::max));
    return all;
  }

  /** Takes any number of inputs, from left to right. */
  private static Operator folded(DoubleBinaryOperator function) {
    return Operator.single(
        a -> {
          DoubleTensor result = a.input(0);
          for (int i = 1; i < a.inputs().size(); i++) {
            result = broadcast(result, a.input(i), function);
          }
          return result;
        });
  }

  private static Operator compared(DoubleBinaryOperator function) {
    return Operator.single(a -> broadcast(a.input(0), a.input(1), function).as(ElementType.BOOL));
  }

  static DoubleTensor broadcast(DoubleTensor left, DoubleTensor right, DoubleBinaryOperator f) {
    int[] shape = Places.broadcast(left.shape(), right.shape());
    int[] a = Places.offsets(shape, left.stridesWithin(shape), 0);
    int[] b = Places.offsets(shape, right.stridesWithin(shape), 0);
    double[] content = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      content[i] = f.applyAsDouble(left.content()[a[i]], right.content()[b[i]]);
    }
    return new DoubleTensor(content, shape, left.type());
  }

  private static DoubleTensor divide(Application a) {
    boolean whole = !a.input(0).isFloating();
    return broadcast(a.input(0), a.input(1), (x, y) -> whole ? (long) x / (long) y : x / y);
  }

  private static DoubleTensor modulo(Application a) {
    boolean signOfDividend = a.node().integer("fmod", 0) != 0;
    return broadcast(
        a.input(0), a.input(1), (x, y) -> signOfDividend ? x % y : x - y * Math.floor(x / y));
  }

  private static DoubleTensor where(Application a) {
    DoubleTensor yes = a.input(1);
    DoubleTensor no = a.input(2);
    int[] shape = Places.broadcast(a.input(0).shape(), Places.broadcast(yes.shape(), no.shape()));
    int[] condition = Places.offsets(shape, a.input(0).stridesWithin(shape), 0);
    int[] left = Places.offsets(shape, yes.stridesWithin(shape), 0);
    int[] right = Places.offsets(shape, no.stridesWithin(shape), 0);
    double[] content = new double[condition.length];
    for (int i = 0; i < content.length; i++) {
      content[i] =
          a.input(0).content()[condition[i]] != 0 ? yes.content()[left[i]] : no.content()[right[i]];
    }
    return new DoubleTensor(content, shape, yes.type());
  }
}
