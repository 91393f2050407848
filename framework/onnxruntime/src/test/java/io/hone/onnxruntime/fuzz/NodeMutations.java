package io.hone.onnxruntime.fuzz;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.hone.onnx.gradient.operator.StandardGradients;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Nodes that read, write or apply something else. */
final class NodeMutations {
  private static final List<String> OPERATORS =
      Stream.concat(
              StandardGradients.registry().operators().stream(),
              Stream.of("If", "Loop", "Scan", "SequenceAt", "Frobnicate", ""))
          .toList();

  private NodeMutations() {}

  /** Changes one node, or puts null in its place. */
  @FunctionalInterface
  private interface NodeChange {
    void apply(NodeProto.Builder node, GraphProto.Builder graph, Random random);
  }

  static Stream<Mutation> all() {
    return Stream.of(
        node("reads what comes later", (n, g, r) -> readFrom(n, g, r, anyValue(g, r))),
        node("reads itself", (n, g, r) -> readFrom(n, g, r, n.getOutput(0))),
        node("reads nothing", (n, g, r) -> readFrom(n, g, r, "")),
        node("reads what nobody writes", (n, g, r) -> readFrom(n, g, r, "nowhere")),
        node("reads the image", (n, g, r) -> readFrom(n, g, r, g.getInput(0).getName())),
        node("reads more", (n, g, r) -> n.addInput(anyValue(g, r))),
        node("reads no more", (n, g, r) -> n.clearInput()),
        node("reads less", NodeMutations::withoutLast),
        node("writes what another writes", (n, g, r) -> n.setOutput(0, anyValue(g, r))),
        node("writes nothing", (n, g, r) -> n.clearOutput()),
        node("writes no name", (n, g, r) -> n.setOutput(0, "")),
        node("writes more", (n, g, r) -> n.addOutput("more").addOutput("").addOutput("most")),
        node("applies another operator", (n, g, r) -> n.setOpType(anyOperator(r))),
        node(
            "has a strange domain",
            (n, g, r) -> n.setDomain(r.nextBoolean() ? "odd" : "ai.onnx.ml")),
        node("has a strange name", (n, g, r) -> n.setName("a\u0000b\n" + "long".repeat(1000))),
        new Mutation("a node twice", (m, r) -> twice(m.getGraphBuilder(), r)),
        new Mutation("a node gone", (m, r) -> gone(m.getGraphBuilder(), r)),
        new Mutation("nodes turned", (m, r) -> turned(m.getGraphBuilder())));
  }

  private static Mutation node(String name, NodeChange change) {
    return new Mutation(
        "a node " + name,
        (model, random) -> {
          GraphProto.Builder graph = model.getGraphBuilder();
          int count = graph.getNodeCount();
          if (count > 0) {
            NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(count));
            if (node.getOutputCount() > 0) {
              change.apply(node, graph, random);
            }
          }
        });
  }

  private static String anyOperator(Random random) {
    return OPERATORS.get(random.nextInt(OPERATORS.size()));
  }

  static String anyValue(GraphProto.Builder graph, Random random) {
    NodeProto node = graph.getNode(random.nextInt(graph.getNodeCount()));
    return node.getOutputCount() == 0 ? "" : node.getOutput(random.nextInt(node.getOutputCount()));
  }

  private static void readFrom(
      NodeProto.Builder node, GraphProto.Builder graph, Random random, String value) {
    if (node.getInputCount() > 0) {
      node.setInput(random.nextInt(node.getInputCount()), value);
    }
  }

  private static void withoutLast(NodeProto.Builder node, GraphProto.Builder graph, Random random) {
    List<String> inputs = List.copyOf(node.getInputList());
    if (!inputs.isEmpty()) {
      node.clearInput().addAllInput(inputs.subList(0, inputs.size() - 1));
    }
  }

  private static void twice(GraphProto.Builder graph, Random random) {
    graph.addNode(graph.getNode(random.nextInt(graph.getNodeCount())));
  }

  private static void gone(GraphProto.Builder graph, Random random) {
    graph.removeNode(random.nextInt(graph.getNodeCount()));
  }

  private static void turned(GraphProto.Builder graph) {
    List<NodeProto> nodes = List.copyOf(graph.getNodeList());
    graph.clearNode();
    nodes.forEach(node -> graph.addNode(0, node));
  }
}
