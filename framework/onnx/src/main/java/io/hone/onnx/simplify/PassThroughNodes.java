package io.hone.onnx.simplify;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Removes Identity, and Dropout, which passes everything on at inference. */
final class PassThroughNodes implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Map<String, Value> replacements = new HashMap<>();
    List<Node> others = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean dropout =
          node.is("Dropout") && uses.isUnused(node.output(1)) && isAtInference(node, graph);
      if (!dropout && !node.is("Identity")) {
        others.add(node);
      } else if (uses.isKept(node.output(0))) {
        others.add(graph.node("Identity", node.input(0)).into(List.of(node.output(0))));
      } else {
        // Nodes are in order, so what this one reads is resolved already.
        Value source = node.input(0);
        replacements.put(node.output(0).name(), replacements.getOrDefault(source.name(), source));
      }
    }
    graph.setNodes(others);
    graph.rewire(replacements);
  }

  /** In training, too, nothing is dropped at a ratio of 0. */
  private static boolean isAtInference(Node node, GraphEditor graph) {
    Value training = node.input(2);
    ConstantTensor content = graph.constantOf(training);
    ConstantTensor ratio = graph.constantOf(node.input(1));
    return training.isAbsent()
        || (content != null && content.toLongs()[0] == 0)
        || (ratio != null && ratio.type() == ElementType.FLOAT && ratio.toFloats()[0] == 0);
  }
}
