package io.hone.onnx.canonical;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.Optional;

/** Activations, some with a bias, that ONNX Runtime fuses. */
final class FusedActivations {
  private FusedActivations() {}

  static Optional<Node> gelu(Node node, GraphEditor graph, Shapes shapes) {
    return Optional.of(gelu(node.input(0), node, graph));
  }

  static Optional<Node> biasGelu(Node node, GraphEditor graph, Shapes shapes) {
    return Optional.of(gelu(graph.op("Add", node.input(0), node.input(1)), node, graph));
  }

  private static Node gelu(Value x, Node node, GraphEditor graph) {
    Value error = graph.op("Erf", graph.op("Mul", x, graph.scalar((float) Math.sqrt(0.5))));
    return half(x, error, node, graph);
  }

  /** The approximation by a tanh. */
  static Optional<Node> fastGelu(Node node, GraphEditor graph, Shapes shapes) {
    Value x = biased(node, graph);
    Value cubic =
        graph.op("Mul", graph.op("Mul", x, x), graph.op("Mul", x, graph.scalar(0.044715f)));
    Value scaled =
        graph.op("Mul", graph.op("Add", x, cubic), graph.scalar((float) Math.sqrt(2 / Math.PI)));
    return Optional.of(half(x, graph.op("Tanh", scaled), node, graph));
  }

  /** Returns {@code x / 2 (1 + y)}. */
  private static Node half(Value x, Value y, Node node, GraphEditor graph) {
    Value halved = graph.op("Mul", x, graph.scalar(0.5f));
    return graph.node("Mul", halved, graph.op("Add", y, graph.scalar(1))).into(node.outputs());
  }

  /** The approximation by a sigmoid. */
  static Optional<Node> quickGelu(Node node, GraphEditor graph, Shapes shapes) {
    Value x = node.input(0);
    Value scaled = graph.op("Mul", x, graph.scalar(node.number("alpha", 1.702f)));
    return Optional.of(graph.node("Mul", x, graph.op("Sigmoid", scaled)).into(node.outputs()));
  }

  static Optional<Node> biasAdd(Node node, GraphEditor graph, Shapes shapes) {
    return Optional.of(
        graph
            .node("Add", graph.op("Add", node.input(0), node.input(1)), node.input(2))
            .into(node.outputs()));
  }

  private static Value biased(Node node, GraphEditor graph) {
    return node.input(1).isAbsent() ? node.input(0) : graph.op("Add", node.input(0), node.input(1));
  }
}
