package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes a Pad of some axes as a Pad of all. Where a Transpose is before it, ONNX Runtime's
 * optimizer (1.28) reorders the pads as if every axis had some, and the graph fails or pads others.
 */
final class PadsOfAllAxes implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    if (graph.nodes().stream().noneMatch(PadsOfAllAxes::namesAxes)) {
      return;
    }
    Shapes shapes = Shapes.of(uses.model());
    List<Node> nodes = graph.nodes();
    graph.setNodes(List.of());
    for (Node node : nodes) {
      graph.add(namesAxes(node) ? ofAllAxes(node, shapes, graph) : node);
    }
  }

  private static boolean namesAxes(Node node) {
    return node.is("Pad") && !node.input(3).isAbsent();
  }

  private static Node ofAllAxes(Node node, Shapes shapes, GraphEditor graph) {
    Optional<Shape> shape = shapes.of(node.input(0));
    Optional<long[]> axes = shapes.integers(node.input(3));
    if (shape.isEmpty() || axes.isEmpty()) {
      return node;
    }
    int rank = shape.get().rank();
    long[] named = axes.get();
    // Where each pad of all axes is among those given, and behind them a 0.
    long[] places = new long[2 * rank];
    Arrays.fill(places, 2L * named.length);
    for (int i = 0; i < named.length; i++) {
      int axis = Math.toIntExact(named[i] < 0 ? named[i] + rank : named[i]);
      places[axis] = i;
      places[axis + rank] = (long) i + named.length;
    }
    Value pads =
        shapes
            .integers(node.input(1))
            .map(
                list ->
                    graph.list(
                        Arrays.stream(places)
                            .map(at -> at < list.length ? list[(int) at] : 0)
                            .toArray()))
            .orElseGet(() -> gathered(node.input(1), places, graph));
    return node.withInputs(List.of(node.input(0), pads, node.input(2)));
  }

  private static Value gathered(Value pads, long[] places, GraphEditor graph) {
    Value withZero = graph.node("Concat", pads, graph.list(0)).with("axis", 0).output();
    return graph.op("Gather", withZero, graph.list(places));
  }
}
