package io.hone.onnx.simplify;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns Constant nodes into constants of the graph. */
final class ConstantNodes implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    List<Node> others = new ArrayList<>();
    Map<String, Value> replacements = new HashMap<>();
    for (Node node : graph.nodes()) {
      Value output = node.output(0);
      Optional<ConstantTensor> content =
          node.is("Constant") && !uses.isKept(output) ? content(node) : Optional.empty();
      if (content.isPresent()) {
        replacements.put(output.name(), graph.constant(output.name(), content.get()));
      } else {
        others.add(node);
      }
    }
    graph.setNodes(others);
    graph.rewire(replacements);
  }

  private static Optional<ConstantTensor> content(Node node) {
    if (node.has("value")) {
      return node.tensor("value").map(ConstantTensor::of);
    }
    if (node.has("value_float")) {
      return Optional.of(ConstantTensor.scalar(node.number("value_float", 0)));
    }
    if (node.has("value_int")) {
      return Optional.of(ConstantTensor.longs(new long[] {node.integer("value_int", 0)}));
    }
    if (node.has("value_floats")) {
      return node.numbers("value_floats").map(all -> ConstantTensor.floats(all, all.length));
    }
    return node.integers("value_ints").map(ConstantTensor::list);
  }
}
