package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a Relu that one MaxPool alone reads into a MaxPool that one Relu reads: the same numbers
 * and gradients, with a Relu and a Relu gradient on the smaller of the two images. A tie among
 * positive numbers stays the same tie, one among the others has gradient 0 either way.
 */
final class PoolBeforeRelu implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Map<Node, Node> changed = new HashMap<>();
    List<Node> result = new ArrayList<>();
    Map<String, Node> relus = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.is("Relu") && uses.hasOneReader(node.output(0))) {
        relus.put(node.output(0).name(), node);
      }
    }
    for (Node node : graph.nodes()) {
      Node relu = relus.get(node.input(0).name());
      if (node.is("MaxPool") && relu != null && node.outputs().size() == 1) {
        changed.put(relu, node);
      }
    }
    for (Node node : graph.nodes()) {
      if (changed.containsKey(node)) {
        continue;
      }
      Node relu = relus.get(node.input(0).name());
      if (relu != null && changed.get(relu) == node) {
        Value pooled = new Value(graph.freshName("pooled"));
        result.add(node.withInputs(relu.inputs()).withOutputs(List.of(pooled)));
        result.add(relu.withInputs(List.of(pooled)).withOutputs(node.outputs()));
      } else {
        result.add(node);
      }
    }
    graph.setNodes(result);
  }
}
