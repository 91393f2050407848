package io.hone.onnx.folding;

import io.hone.onnx.graph.Node;
import java.util.List;
import java.util.Optional;

/** A node to compute and the content of its inputs. */
record Operands(Node node, List<Optional<Content>> inputs) {
  /** Returns an input that is given. */
  Content input(int index) {
    return optional(index).orElseThrow(() -> new IllegalArgumentException("an input is left out"));
  }

  /** Returns an input that may be left out. */
  Optional<Content> optional(int index) {
    return index < inputs.size() ? inputs.get(index) : Optional.empty();
  }

  /** Returns the arguments of the same node. */
  Arguments arguments() {
    return new Arguments(node, index -> input(index).sizes(), this::optional);
  }
}
