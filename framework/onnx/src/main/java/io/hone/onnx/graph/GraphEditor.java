package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Builds a graph, from nothing or from a model: values in, values out, names made up where none is
 * given. Not safe for several threads.
 *
 * <pre>{@code
 * GraphEditor graph = GraphEditor.create(18);
 * Value image = graph.input("image", ElementType.FLOAT, Shape.of(Dimension.named("N"), Dimension.of(784)));
 * Value hidden = graph.op("Relu", graph.op("MatMul", image, graph.constant(weights)));
 * graph.output("logits", graph.op("MatMul", hidden, graph.constant(more)));
 * OnnxModel model = graph.build("tiny");
 * }</pre>
 */
public final class GraphEditor {
  private static final int IR_VERSION = 8;

  private int opset;
  private final Map<String, Long> otherOpsets = new LinkedHashMap<>();
  private final ModelProto.Builder model;
  private final List<Node> nodes = new ArrayList<>();
  private final List<TensorInfo> inputs = new ArrayList<>();
  private final List<TensorInfo> outputs = new ArrayList<>();
  private final Map<String, ConstantTensor> constants;
  private final Set<String> names;
  private final Map<String, Integer> counters;
  private final Map<List<Long>, Value> lists;

  private GraphEditor(ModelProto.Builder model, int opset) {
    this.model = model;
    this.opset = opset;
    this.constants = new LinkedHashMap<>();
    this.names = new HashSet<>();
    this.counters = new HashMap<>();
    this.lists = new HashMap<>();
  }

  private GraphEditor(GraphEditor outer) {
    this.model = outer.model;
    this.opset = outer.opset;
    this.constants = outer.constants;
    this.names = outer.names;
    this.counters = outer.counters;
    this.lists = outer.lists;
  }

  /** Starts an empty graph of the given operator set. */
  public static GraphEditor create(int opset) {
    return new GraphEditor(
        ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("io.hone.onnx"), opset);
  }

  /** Starts from a model, which stays as it is. */
  public static GraphEditor of(OnnxModel model) {
    ModelProto.Builder shell = model.toProto().toBuilder().clearGraph().clearOpsetImport();
    GraphEditor editor = new GraphEditor(shell, model.opset());
    editor.otherOpsets.putAll(model.otherOpsets());
    editor.nodes.addAll(model.nodes());
    editor.constants.putAll(model.constants());
    editor.inputs.addAll(model.inputs());
    editor.outputs.addAll(model.outputs());
    editor.names.addAll(model.constants().keySet());
    model.inputs().forEach(input -> editor.names.add(input.name()));
    model.outputs().forEach(output -> editor.names.add(output.name()));
    model
        .nodes()
        .forEach(
            node -> {
              editor.names.addAll(node.writes());
              editor.names.addAll(node.reads());
              // A value made up here must not be hidden by one of the same name in a subgraph.
              editor.names.addAll(node.namesInside());
            });
    return editor;
  }

  /**
   * Starts the nodes of a subgraph. It shares names and constants with this graph: a constant that
   * is added there is captured from here.
   */
  public GraphEditor body() {
    return new GraphEditor(this);
  }

  /** Names the version of another domain's operators, unless one is named already. */
  public void importOpset(String domain, long version) {
    otherOpsets.putIfAbsent(domain, version);
  }

  /** Drops the functions that the model defines, and the domains that no node is of any more. */
  public void dropFunctions() {
    model.clearFunctions();
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.domains()));
    otherOpsets.keySet().retainAll(used);
  }

  /** Returns the operator set that nodes are written for. */
  public int opset() {
    return opset;
  }

  /** Changes the operator set; the nodes stay as they are. */
  public void setOpset(int version) {
    this.opset = version;
  }

  /** Returns a name that no value has yet, close to the one wanted. */
  public String freshName(String wanted) {
    String name = wanted;
    while (!names.add(name)) {
      name = wanted + "_" + counters.merge(wanted, 1, Integer::sum);
    }
    return name;
  }

  /** Adds an input; a name that is taken gets a number. */
  public Value input(String name, ElementType type, Shape shape) {
    TensorInfo info = new TensorInfo(freshName(name), type, Optional.of(shape));
    inputs.add(info);
    return new Value(info.name());
  }

  /** Adds a constant under a name of its own. */
  public Value constant(ConstantTensor tensor) {
    return constant("constant", tensor);
  }

  /** Adds a constant; a name that is taken gets a number. */
  public Value constant(String name, ConstantTensor tensor) {
    Value value = new Value(freshName(name));
    constants.put(value.name(), tensor);
    return value;
  }

  /** Lets a constant stand for a value that no node writes any more. */
  public void define(Value value, ConstantTensor tensor) {
    names.add(value.name());
    constants.put(value.name(), tensor);
  }

  /** Adds a float of rank 0. */
  public Value scalar(float number) {
    return constant("number", ConstantTensor.scalar(number));
  }

  /** Adds a list of integers, as ONNX takes axes and shapes; equal lists are shared. */
  public Value list(long... integers) {
    List<Long> key = Arrays.stream(integers).boxed().toList();
    return lists.computeIfAbsent(
        key, missing -> constant("integers", ConstantTensor.list(integers)));
  }

  /** Returns the content of a value if it is a constant, else null. */
  public ConstantTensor constantOf(Value value) {
    return constants.get(value.name());
  }

  /** Applies an operator without attributes and returns its only output. */
  public Value op(String operator, Value... arguments) {
    return node(operator, arguments).output();
  }

  /** Starts the application of an operator of ONNX's own domain. */
  public NodeWriter node(String operator, Value... arguments) {
    return new NodeWriter(operator, List.of(arguments));
  }

  /** Adds a node as it is. */
  public void add(Node node) {
    names.addAll(node.writes());
    nodes.add(node);
  }

  /** Adds a copy of a node that writes one new value, and returns it. */
  public Value copy(Node node) {
    Value value = new Value(freshName(node.operator()));
    add(node.withOutputs(List.of(value)));
    return value;
  }

  /** Makes a value an output under its own name. */
  public void output(Value value, ElementType type, Shape shape) {
    outputs.add(new TensorInfo(value.name(), type, Optional.ofNullable(shape)));
  }

  /** Makes a float value an output under a name like the given one, which it returns. */
  public Value output(String name, Value value) {
    Value named = rename(value, name);
    outputs.add(new TensorInfo(named.name(), ElementType.FLOAT, Optional.empty()));
    return named;
  }

  /** Gives what a node writes another name; inputs, constants and outputs get a second one. */
  public Value rename(Value value, String wanted) {
    Value named = new Value(freshName(wanted));
    boolean fixed =
        nodes.stream().noneMatch(node -> node.writes().contains(value.name()))
            || nodes.stream()
                .anyMatch(node -> node.hasSubgraph() && node.reads().contains(value.name()))
            || outputs.stream().anyMatch(output -> output.name().equals(value.name()));
    if (fixed) {
      add(node("Identity", value).into(List.of(named)));
      return named;
    }
    Map<String, Value> change = Map.of(value.name(), named);
    rewire(change);
    nodes.replaceAll(
        node ->
            node.writes().contains(value.name())
                ? node.withOutputs(
                    node.outputs().stream()
                        .map(output -> change.getOrDefault(output.name(), output))
                        .toList())
                : node);
    return named;
  }

  /** Puts a node in the place of another one. */
  public void replace(Node old, Node changed) {
    names.addAll(changed.writes());
    nodes.set(nodes.indexOf(old), changed);
  }

  /** Forgets all outputs. */
  public void clearOutputs() {
    outputs.clear();
  }

  /** Returns the inputs so far. */
  public List<TensorInfo> inputs() {
    return List.copyOf(inputs);
  }

  /** Returns the outputs so far. */
  public List<TensorInfo> outputs() {
    return List.copyOf(outputs);
  }

  /** Returns the nodes so far. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Changes each input. */
  public void replaceInputs(UnaryOperator<TensorInfo> change) {
    inputs.replaceAll(change);
    inputs.forEach(input -> names.add(input.name()));
  }

  /** Changes each output. */
  public void replaceOutputs(UnaryOperator<TensorInfo> change) {
    outputs.replaceAll(change);
  }

  /** Replaces all nodes. */
  public void setNodes(List<Node> changed) {
    nodes.clear();
    changed.forEach(this::add);
  }

  /** Lets every node that reads one value read another. Subgraphs keep what they captured. */
  public void rewire(Map<String, Value> replacements) {
    nodes.replaceAll(
        node -> {
          if (node.inputs().stream().noneMatch(in -> replacements.containsKey(in.name()))) {
            return node;
          }
          return node.withInputs(
              node.inputs().stream()
                  .map(input -> replacements.getOrDefault(input.name(), input))
                  .toList());
        });
  }

  /** Drops nodes and constants that no output needs. Inputs stay. */
  public void prune() {
    Map<String, Node> producers = new HashMap<>();
    nodes.forEach(node -> node.writes().forEach(output -> producers.put(output, node)));
    Set<String> needed = new HashSet<>();
    Set<Node> kept = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    outputs.forEach(output -> open.add(output.name()));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (needed.add(name) && producers.containsKey(name) && kept.add(producers.get(name))) {
        open.addAll(producers.get(name).reads());
      }
    }
    nodes.removeIf(node -> !kept.contains(node));
    constants.keySet().removeIf(constant -> !needed.contains(constant));
    lists.values().removeIf(list -> !constants.containsKey(list.name()));
  }

  /**
   * Returns the model.
   *
   * @param name what messages call it
   * @throws OnnxFormatException if the graph is broken
   */
  public OnnxModel build(String name) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");
    inputs.forEach(input -> graph.addInput(input.toProto()));
    outputs.forEach(output -> graph.addOutput(output.toProto()));
    nodes.forEach(node -> graph.addNode(node.toProto()));
    constants.forEach((key, tensor) -> graph.addInitializer(tensor.toProto(key)));
    ModelProto.Builder built =
        model
            .clone()
            .setIrVersion(Math.max(model.getIrVersion(), IR_VERSION))
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    otherOpsets.forEach(
        (domain, version) ->
            built.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    return OnnxModel.of(built.build(), name);
  }

  /** One node in the making. */
  public final class NodeWriter {
    private Node node;

    private NodeWriter(String operator, List<Value> arguments) {
      NodeProto.Builder proto = NodeProto.newBuilder().setOpType(operator);
      int last = arguments.size();
      while (last > 0 && arguments.get(last - 1).isAbsent()) {
        last--;
      }
      arguments.subList(0, last).forEach(argument -> proto.addInput(argument.name()));
      node = Node.of(proto.build());
    }

    /**
     * Sets an attribute: an integer, a float, a text, {@code long[]}, {@code float[]} or a {@link
     * ConstantTensor}.
     */
    public NodeWriter with(String attribute, Object value) {
      node = node.with(attribute, value);
      return this;
    }

    /** Adds the node and returns its only output. */
    public Value output() {
      return outputs(1).get(0);
    }

    /** Adds the node with the given number of outputs. */
    public List<Value> outputs(int count) {
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(new Value(freshName(node.operator())));
      }
      add(into(values));
      return values;
    }

    /** Returns the node, writing to the given values, without adding it. */
    public Node into(List<Value> values) {
      return node.withOutputs(values);
    }
  }
}
