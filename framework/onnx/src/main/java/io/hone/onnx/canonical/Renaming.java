package io.hone.onnx.canonical;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Gives the values of a piece of graph other names, those in its subgraphs included, so that it can
 * are in another graph. Names that it does not know stay.
 */
final class Renaming {
  private final Map<String, String> names;
  private final UnaryOperator<String> fresh;

  /**
   * Starts with the names that are given.
   *
   * @param fresh makes a name that nothing has yet, close to the one wanted
   */
  Renaming(Map<String, String> given, UnaryOperator<String> fresh) {
    this.names = new HashMap<>(given);
    this.fresh = fresh;
  }

  /** Gives all values that the nodes write a fresh name, unless they have one. */
  void learn(List<NodeProto> nodes) {
    for (NodeProto node : nodes) {
      node.getOutputList().forEach(this::learn);
    }
  }

  private void learn(String name) {
    if (!name.isEmpty()) {
      names.computeIfAbsent(name, fresh);
    }
  }

  /** Gives a value the name that it has now. */
  void call(String name, String now) {
    names.put(name, now);
  }

  /** Returns whether a value has another name. */
  boolean knows(String name) {
    return names.containsKey(name);
  }

  /** Returns what a value is called now. */
  String of(String name) {
    return names.getOrDefault(name, name);
  }

  /** Returns a node that reads and writes the new names. */
  NodeProto of(NodeProto node) {
    NodeProto.Builder renamed = node.toBuilder().clearInput().clearOutput().clearAttribute();
    node.getInputList().forEach(input -> renamed.addInput(of(input)));
    node.getOutputList().forEach(output -> renamed.addOutput(of(output)));
    node.getAttributeList().forEach(attribute -> renamed.addAttribute(of(attribute)));
    return renamed.build();
  }

  private AttributeProto of(AttributeProto attribute) {
    if (!attribute.hasG() && attribute.getGraphsCount() == 0) {
      return attribute;
    }
    AttributeProto.Builder renamed = attribute.toBuilder().clearGraphs();
    if (attribute.hasG()) {
      renamed.setG(inside(attribute.getG()));
    }
    attribute.getGraphsList().forEach(graph -> renamed.addGraphs(inside(graph)));
    return renamed.build();
  }

  private GraphProto inside(GraphProto graph) {
    Renaming scope = new Renaming(names, fresh);
    // What a subgraph defines hides what is outside under the same name.
    graph.getInputList().forEach(input -> scope.hide(input.getName()));
    graph.getInitializerList().forEach(constant -> scope.hide(constant.getName()));
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(scope::hide));
    GraphProto.Builder renamed =
        GraphProto.newBuilder().setName(graph.getName()).setDocString(graph.getDocString());
    for (TensorProto constant : graph.getInitializerList()) {
      renamed.addInitializer(constant.toBuilder().setName(scope.of(constant.getName())));
    }
    graph.getNodeList().forEach(node -> renamed.addNode(scope.of(node)));
    graph.getInputList().forEach(input -> renamed.addInput(scope.of(input)));
    graph.getOutputList().forEach(output -> renamed.addOutput(scope.of(output)));
    return renamed.build();
  }

  private void hide(String name) {
    if (!name.isEmpty()) {
      names.put(name, fresh.apply(name));
    }
  }

  private ValueInfoProto of(ValueInfoProto value) {
    return value.toBuilder().setName(of(value.getName())).build();
  }
}
