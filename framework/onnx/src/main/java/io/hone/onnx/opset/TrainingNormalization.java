package io.hone.onnx.opset;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a BatchNormalization in training mode with momentum 0, so that its further outputs are the
 * statistics of the batch, which its gradient needs. The mixing with earlier batches becomes nodes
 * of its own: {@code running * momentum + batch * (1 - momentum)}.
 */
final class TrainingNormalization {
  private static final int MEAN = 3;

  private TrainingNormalization() {}

  static boolean isMixing(Node node) {
    return node.is("BatchNormalization")
        && node.integer("training_mode", 0) != 0
        && node.number("momentum", 0.9f) != 0;
  }

  /** Returns the last node; the others are added to the graph. */
  static Node unmix(Node node, GraphEditor graph) {
    Node plain = node.with("momentum", 0f);
    List<Value> outputs = new ArrayList<>(plain.outputs());
    List<Integer> running = new ArrayList<>();
    for (int i = 1; i < outputs.size(); i++) {
      if (!outputs.get(i).isAbsent()) {
        running.add(i);
        outputs.set(i, new Value(graph.freshName(outputs.get(i).name() + "_batch")));
      }
    }
    if (running.isEmpty()) {
      return plain;
    }
    graph.add(plain.withOutputs(outputs));
    int last = running.remove(running.size() - 1);
    running.forEach(i -> graph.add(mixture(node, i, outputs.get(i), graph)));
    return mixture(node, last, outputs.get(last), graph);
  }

  private static Node mixture(Node node, int output, Value batch, GraphEditor graph) {
    float momentum = node.number("momentum", 0.9f);
    Value before = node.input(MEAN + output - 1);
    Value kept = graph.op("Mul", before, graph.scalar(momentum));
    Value added = graph.op("Mul", batch, graph.scalar(1 - momentum));
    return graph.node("Add", kept, added).into(List.of(node.output(output)));
  }
}
