package io.hone.onnx.canonical;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes of one call of a function, with the call's values and attributes put in. */
final class FunctionBody {
  private final FunctionProto function;
  private final NodeProto call;
  private final GraphEditor graph;
  private final Renaming renaming;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  private FunctionBody(FunctionProto function, NodeProto call, GraphEditor graph) {
    this.function = function;
    this.call = call;
    this.graph = graph;
    this.renaming = new Renaming(values(), graph::freshName);
    function.getAttributeProtoList().forEach(missing -> attributes.put(missing.getName(), missing));
    call.getAttributeList().forEach(given -> attributes.put(given.getName(), given));
  }

  /**
   * Returns the nodes that stand for a call.
   *
   * @param graph makes up the names of values inside
   */
  static List<Node> of(FunctionProto function, NodeProto call, GraphEditor graph) {
    return new FunctionBody(function, call, graph).nodes();
  }

  private Map<String, String> values() {
    if (call.getInputCount() > function.getInputCount()
        || call.getOutputCount() > function.getOutputCount()) {
      throw new OnnxFormatException(
          "the "
              + Node.of(call).describe()
              + " gives its function more inputs or outputs than it has");
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      values.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    for (int i = 0; i < call.getOutputCount(); i++) {
      if (!call.getOutput(i).isEmpty()) {
        values.putIfAbsent(function.getOutput(i), call.getOutput(i));
      }
    }
    return values;
  }

  private List<Node> nodes() {
    renaming.learn(function.getNodeList());
    List<Node> nodes = new ArrayList<>();
    for (NodeProto node : function.getNodeList()) {
      for (String read : node.getInputList()) {
        if (!read.isEmpty() && !renaming.knows(read)) {
          throw new OnnxFormatException(
              "the function "
                  + FunctionKey.of(function)
                  + " reads '"
                  + read
                  + "', which nothing in it writes");
        }
      }
      nodes.add(Node.of(withAttributes(named(renaming.of(node)))));
    }
    passThroughs(nodes);
    return nodes;
  }

  /** Outputs that are inputs, or named twice, are written by nobody inside. */
  private void passThroughs(List<Node> nodes) {
    Set<String> written = new HashSet<>();
    nodes.forEach(node -> written.addAll(node.writes()));
    for (int i = 0; i < call.getOutputCount(); i++) {
      String output = call.getOutput(i);
      if (!output.isEmpty() && written.add(output)) {
        Value source = new Value(renaming.of(function.getOutput(i)));
        nodes.add(graph.node("Identity", source).into(List.of(new Value(output))));
      }
    }
  }

  private NodeProto named(NodeProto node) {
    if (call.getName().isEmpty() || node.getName().isEmpty()) {
      return node;
    }
    return node.toBuilder().setName(call.getName() + "/" + node.getName()).build();
  }

  private NodeProto withAttributes(NodeProto node) {
    NodeProto.Builder resolved = node.toBuilder().clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (!attribute.getRefAttrName().isEmpty()) {
        AttributeProto given = attributes.get(attribute.getRefAttrName());
        // Neither given nor with a default: the operator's own default holds.
        if (given != null) {
          resolved.addAttribute(given.toBuilder().setName(attribute.getName()));
        }
      } else {
        resolved.addAttribute(withAttributes(attribute));
      }
    }
    return resolved.build();
  }

  private AttributeProto withAttributes(AttributeProto attribute) {
    if (!attribute.hasG() && attribute.getGraphsCount() == 0) {
      return attribute;
    }
    AttributeProto.Builder resolved = attribute.toBuilder();
    if (attribute.hasG()) {
      resolved.getGBuilder().getNodeBuilderList().forEach(this::resolve);
    }
    resolved
        .getGraphsBuilderList()
        .forEach(graph -> graph.getNodeBuilderList().forEach(this::resolve));
    return resolved.build();
  }

  private void resolve(NodeProto.Builder node) {
    NodeProto resolved = withAttributes(node.build());
    node.clear().mergeFrom(resolved);
  }
}
