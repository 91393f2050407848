package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a batch normalisation in training mode as statistics of the batch, and a normalisation by
 * those.
 *
 * <p>ONNX Runtime (1.28) lets the running statistics that such a node returns write over those that
 * it reads, constants and fed tensors included, and merges constants that are equal. Two nodes
 * whose constants are equal, or one session on two threads, then read each other's statistics.
 */
final class PlainBatchStatistics implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    List<Node> nodes = graph.nodes();
    if (nodes.stream().noneMatch(PlainBatchStatistics::isTraining)) {
      return;
    }
    graph.setNodes(List.of());
    for (Node node : nodes) {
      graph.add(isTraining(node) ? plain(node, graph) : node);
    }
    // Nothing reads the statistics that the nodes were given.
    graph.prune();
  }

  private static boolean isTraining(Node node) {
    return node.is("BatchNormalization")
        && node.integer("training_mode", 0) != 0
        && node.number("momentum", 0.9f) == 0;
  }

  /** Sizes need not be known: all axes behind the channels are joined. */
  private static Node plain(Node node, GraphEditor graph) {
    Value rows = graph.op("Reshape", node.input(0), graph.list(0, 0, -1));
    Value axes = graph.list(0, 2);
    Value mean = graph.node("ReduceMean", rows, axes).with("keepdims", 1).output();
    Value centred = graph.op("Sub", rows, mean);
    Value squares = graph.op("Mul", centred, centred);
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(3, statistic(graph.node("Squeeze", mean, axes), node.output(1), graph));
    inputs.set(
        4,
        statistic(
            graph.node("ReduceMean", squares, axes).with("keepdims", 0), node.output(2), graph));
    return node.without("training_mode", "momentum")
        .withInputs(inputs)
        .withOutputs(List.of(node.output(0)));
  }

  private static Value statistic(GraphEditor.NodeWriter writer, Value wanted, GraphEditor graph) {
    if (wanted.isAbsent()) {
      return writer.output();
    }
    graph.add(writer.into(List.of(wanted)));
    return wanted;
  }
}
