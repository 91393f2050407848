package io.hone.onnx.gradient;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that a Where reads, as they are or element by element. Where it takes the other branch
 * the gradient of such a value is 0, and its slope may be infinite or not a number: models guard
 * themselves in this way against a logarithm of 0 or a division by it.
 */
final class DiscardedValues {
  private final Set<String> names = new HashSet<>();

  /** Looks at nodes in their order. */
  DiscardedValues(List<Node> nodes) {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      boolean discards =
          node.is("Where")
              || (OperatorTrait.DISCARDED_WITH_RESULT.isOf(node) && contains(node.output(0)));
      if (discards) {
        names.addAll(node.reads());
      }
    }
  }

  boolean contains(Value value) {
    return names.contains(value.name());
  }
}
