package io.hone.onnx.gradient;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that a Where reads, as they are or element by element. Where it takes the other branch
 * the gradient of such a value is 0, and its slope may be infinite or not a number: models guard
 * themselves in this way against a logarithm of 0 or a division by it.
 */
final class DiscardedValues {
  private static final Set<String> ELEMENT_BY_ELEMENT =
      Set.of(
          "Abs",
          "Acos",
          "Acosh",
          "Add",
          "Asin",
          "Asinh",
          "Atanh",
          "Cast",
          "Clip",
          "Cosh",
          "Div",
          "Exp",
          "Expand",
          "Identity",
          "Log",
          "Max",
          "Mean",
          "Min",
          "Mod",
          "Mul",
          "Neg",
          "Pow",
          "Reciprocal",
          "Relu",
          "Reshape",
          "Sigmoid",
          "Sinh",
          "Softplus",
          "Sqrt",
          "Squeeze",
          "Sub",
          "Sum",
          "Tan",
          "Tanh",
          "Transpose",
          "Unsqueeze",
          "Where");

  private final Set<String> names = new HashSet<>();

  /** Looks at nodes in their order. */
  DiscardedValues(List<Node> nodes) {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      boolean discards =
          node.is("Where")
              || (node.domain().isEmpty()
                  && ELEMENT_BY_ELEMENT.contains(node.operator())
                  && contains(node.output(0)));
      if (discards) {
        names.addAll(node.reads());
      }
    }
  }

  boolean contains(Value value) {
    return names.contains(value.name());
  }
}
