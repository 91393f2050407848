package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One operator application of a graph. Immutable. */
public final class Node {
  private final NodeProto proto;

  private Node(NodeProto proto) {
    this.proto = proto;
  }

  /** Wraps ONNX's form of a node. */
  public static Node of(NodeProto proto) {
    return new Node(proto);
  }

  /** Returns the operator, such as {@code Conv}. */
  public String operator() {
    return proto.getOpType();
  }

  /** Returns the operator's domain; empty for ONNX's own operators. */
  public String domain() {
    return proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain();
  }

  /** Returns whether this is the given operator of ONNX's own domain. */
  public boolean is(String operator) {
    return domain().isEmpty() && operator().equals(operator);
  }

  /** Returns the node's name, which may be empty and need not be unique. */
  public String name() {
    return proto.getName();
  }

  /** Returns what a message calls this node: operator, name and first output. */
  public String describe() {
    String operator = domain().isEmpty() ? operator() : domain() + "." + operator();
    String output = proto.getOutputCount() > 0 ? proto.getOutput(0) : "";
    return name().isEmpty()
        ? operator + " node that writes '" + output + "'"
        : operator + " node '" + name() + "'";
  }

  /** Returns the inputs, absent ones among them. */
  public List<Value> inputs() {
    return proto.getInputList().stream().map(Value::new).toList();
  }

  /** Returns the outputs, absent ones among them. */
  public List<Value> outputs() {
    return proto.getOutputList().stream().map(Value::new).toList();
  }

  /** Returns an input, {@link Value#NONE} where it is left out. */
  public Value input(int index) {
    return index < proto.getInputCount() ? new Value(proto.getInput(index)) : Value.NONE;
  }

  /** Returns an output, {@link Value#NONE} where it is left out. */
  public Value output(int index) {
    return index < proto.getOutputCount() ? new Value(proto.getOutput(index)) : Value.NONE;
  }

  /** Returns the names of all values this node reads, those that its subgraphs capture included. */
  public Set<String> reads() {
    Set<String> names = new LinkedHashSet<>();
    for (String input : proto.getInputList()) {
      if (!input.isEmpty()) {
        names.add(input);
      }
    }
    subgraphs().forEach(graph -> names.addAll(captured(graph)));
    return names;
  }

  private static Set<String> captured(GraphProto graph) {
    Set<String> names = new LinkedHashSet<>();
    graph.getNodeList().forEach(node -> names.addAll(of(node).reads()));
    graph.getOutputList().forEach(output -> names.add(output.getName()));
    names.removeAll(own(graph));
    return names;
  }

  private Stream<GraphProto> subgraphs() {
    return proto.getAttributeList().stream()
        .flatMap(
            attribute ->
                attribute.hasG()
                    ? Stream.of(attribute.getG())
                    : attribute.getGraphsList().stream());
  }

  /** Returns the names of all values that exist only in this node's subgraphs. */
  Set<String> namesInside() {
    Set<String> names = new LinkedHashSet<>();
    subgraphs()
        .forEach(
            graph -> {
              names.addAll(own(graph));
              graph.getNodeList().forEach(node -> names.addAll(of(node).namesInside()));
            });
    return names;
  }

  /** Returns the domains of this node and of all nodes in its subgraphs. */
  Set<String> domains() {
    Set<String> domains = new LinkedHashSet<>(Set.of(domain()));
    subgraphs()
        .flatMap(graph -> graph.getNodeList().stream())
        .forEach(node -> domains.addAll(of(node).domains()));
    return domains;
  }

  private static Set<String> own(GraphProto graph) {
    Set<String> own = new HashSet<>();
    graph.getInputList().forEach(input -> own.add(input.getName()));
    graph.getInitializerList().forEach(initializer -> own.add(initializer.getName()));
    graph.getNodeList().forEach(node -> own.addAll(node.getOutputList()));
    return own;
  }

  /** Returns the names of all values this node writes. */
  public List<String> writes() {
    return proto.getOutputList().stream().filter(output -> !output.isEmpty()).toList();
  }

  /** Returns whether the node carries a subgraph. */
  public boolean hasSubgraph() {
    return subgraphs().findAny().isPresent();
  }

  /** Returns whether an attribute is given. */
  public boolean has(String attribute) {
    return find(attribute).isPresent();
  }

  /** Returns an integer attribute. */
  public long integer(String attribute, long missing) {
    return find(attribute).map(AttributeProto::getI).orElse(missing);
  }

  /** Returns a float attribute. */
  public float number(String attribute, float missing) {
    return find(attribute).map(AttributeProto::getF).orElse(missing);
  }

  /** Returns a text attribute. */
  public String text(String attribute, String missing) {
    return find(attribute).map(found -> found.getS().toStringUtf8()).orElse(missing);
  }

  /** Returns an attribute that lists integers. */
  public Optional<long[]> integers(String attribute) {
    return find(attribute)
        .map(found -> found.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  /** Returns an attribute that lists floats. */
  public Optional<float[]> numbers(String attribute) {
    return find(attribute)
        .map(
            found -> {
              float[] numbers = new float[found.getFloatsCount()];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = found.getFloats(i);
              }
              return numbers;
            });
  }

  /** Returns a tensor attribute. */
  public Optional<TensorProto> tensor(String attribute) {
    return find(attribute).filter(AttributeProto::hasT).map(AttributeProto::getT);
  }

  private Optional<AttributeProto> find(String attribute) {
    return proto.getAttributeList().stream()
        .filter(found -> found.getName().equals(attribute))
        .findFirst();
  }

  /** Returns a copy with other inputs. */
  public Node withInputs(List<Value> inputs) {
    NodeProto.Builder builder = proto.toBuilder().clearInput();
    inputs.forEach(input -> builder.addInput(input.name()));
    return new Node(builder.build());
  }

  /** Returns a copy with other outputs. */
  public Node withOutputs(List<Value> outputs) {
    NodeProto.Builder builder = proto.toBuilder().clearOutput();
    outputs.forEach(output -> builder.addOutput(output.name()));
    return new Node(builder.build());
  }

  /** Returns a copy that applies another operator of ONNX's own domain. */
  public Node withOperator(String operator) {
    return new Node(proto.toBuilder().setOpType(operator).setDomain("").build());
  }

  /** Returns a copy without the given attributes. */
  public Node without(String... attributes) {
    List<AttributeProto> kept = new ArrayList<>(proto.getAttributeList());
    kept.removeIf(attribute -> List.of(attributes).contains(attribute.getName()));
    return new Node(proto.toBuilder().clearAttribute().addAllAttribute(kept).build());
  }

  /** Returns a copy with an attribute set; see {@link Attributes} for the types taken. */
  public Node with(String attribute, Object value) {
    Node cleared = without(attribute);
    return new Node(
        cleared.proto.toBuilder().addAttribute(Attributes.of(attribute, value)).build());
  }

  /**
   * Returns a copy whose subgraphs have other nodes; the node itself where it has none. The
   * subgraphs' inputs, outputs and constants stay.
   */
  public Node withSubgraphs(UnaryOperator<List<Node>> change) {
    if (!hasSubgraph()) {
      return this;
    }
    NodeProto.Builder builder = proto.toBuilder();
    for (AttributeProto.Builder attribute : builder.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        changeNodes(attribute.getGBuilder(), change);
      }
      attribute.getGraphsBuilderList().forEach(graph -> changeNodes(graph, change));
    }
    return new Node(builder.build());
  }

  private static void changeNodes(GraphProto.Builder graph, UnaryOperator<List<Node>> change) {
    List<Node> changed = change.apply(graph.getNodeList().stream().map(Node::of).toList());
    graph.clearNode();
    changed.forEach(node -> graph.addNode(node.proto));
  }

  /** Returns ONNX's form. */
  public NodeProto toProto() {
    return proto;
  }

  @Override
  public String toString() {
    return describe();
  }
}
