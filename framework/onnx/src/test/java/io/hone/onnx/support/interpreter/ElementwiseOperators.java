package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** Operators that make each element from one other. */
final class ElementwiseOperators {
  private static final double ROOT_HALF = Math.sqrt(0.5);

  private ElementwiseOperators() {}

  static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    plain().forEach((name, function) -> all.put(name, map(node -> function)));
    all.put("LeakyRelu", map(node -> leaky(node.number("alpha", 0.01f))));
    all.put("Elu", map(node -> elu(1, node.number("alpha", 1))));
    all.put("Selu", map(node -> elu(node.number("gamma", 1.0507009873554805f), selu(node))));
    all.put("HardSigmoid", map(ElementwiseOperators::hardSigmoid));
    all.put("ThresholdedRelu", map(node -> thresholded(node.number("alpha", 1))));
    all.put("Gelu", map(ElementwiseOperators::gelu));
    all.put("Clip", Operator.single(ElementwiseOperators::clip));
    all.put("Cast", Operator.single(ElementwiseOperators::cast));
    all.put("Identity", application -> List.of(application.input(0)));
    all.put("Dropout", application -> List.of(application.input(0)));
    all.put(
        "Not", Operator.single(a -> mapped(a.input(0), x -> x == 0 ? 1 : 0).as(ElementType.BOOL)));
    return all;
  }

  private static Map<String, DoubleUnaryOperator> plain() {
    return Map.ofEntries(
        Map.entry("Abs", Math::abs),
        Map.entry("Ceil", Math::ceil),
        Map.entry("Erf", ElementwiseOperators::erf),
        Map.entry("Exp", Math::exp),
        Map.entry("Floor", Math::floor),
        Map.entry("HardSwish", x -> x * Math.max(0, Math.min(1, x / 6 + 0.5))),
        Map.entry("Log", Math::log),
        Map.entry("Mish", x -> x * Math.tanh(Math.log1p(Math.exp(x)))),
        Map.entry("Neg", x -> -x),
        Map.entry("Reciprocal", x -> 1 / x),
        Map.entry("Relu", x -> Math.max(0, x)),
        Map.entry("Round", Math::rint),
        Map.entry("Sigmoid", x -> 1 / (1 + Math.exp(-x))),
        Map.entry("Sign", Math::signum),
        Map.entry("Softplus", x -> Math.log1p(Math.exp(x))),
        Map.entry("Softsign", x -> x / (1 + Math.abs(x))),
        Map.entry("Sqrt", Math::sqrt),
        Map.entry("Tanh", Math::tanh));
  }

  private static Operator map(Function<Node, DoubleUnaryOperator> function) {
    return Operator.single(a -> mapped(a.input(0), function.apply(a.node())));
  }

  private static DoubleTensor mapped(DoubleTensor x, DoubleUnaryOperator function) {
    return new DoubleTensor(
        Arrays.stream(x.content()).map(function).toArray(), x.shape(), x.type());
  }

  private static DoubleUnaryOperator leaky(double slope) {
    return x -> x < 0 ? slope * x : x;
  }

  private static DoubleUnaryOperator elu(double scale, double alpha) {
    return x -> scale * (x > 0 ? x : alpha * Math.expm1(x));
  }

  private static double selu(Node node) {
    return node.number("alpha", 1.6732632423543772f);
  }

  private static DoubleUnaryOperator hardSigmoid(Node node) {
    double alpha = node.number("alpha", 0.2f);
    double beta = node.number("beta", 0.5f);
    return x -> Math.max(0, Math.min(1, alpha * x + beta));
  }

  private static DoubleUnaryOperator thresholded(double alpha) {
    return x -> x > alpha ? x : 0;
  }

  private static DoubleUnaryOperator gelu(Node node) {
    if (node.text("approximate", "none").equals("tanh")) {
      double root = Math.sqrt(2 / Math.PI);
      return x -> 0.5 * x * (1 + Math.tanh(root * (x + 0.044715 * x * x * x)));
    }
    return x -> 0.5 * x * (1 + erf(x * ROOT_HALF));
  }

  /** The bounds were attributes until opset 10. */
  private static DoubleTensor clip(Application a) {
    double low = a.number("min", 1, Double.NEGATIVE_INFINITY);
    double high = a.number("max", 2, Double.POSITIVE_INFINITY);
    return mapped(a.input(0), x -> Math.min(high, Math.max(low, x)));
  }

  private static DoubleTensor cast(Application a) {
    ElementType to = ElementType.of((int) a.node().integer("to", 0));
    DoubleTensor x = a.input(0);
    if (to.isFloating()) {
      return x.as(to);
    }
    return (to == ElementType.BOOL ? mapped(x, v -> v == 0 ? 0 : 1) : mapped(x, v -> (long) v))
        .as(to);
  }

  /** The series of which all terms have one sign, so that nothing cancels. */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
