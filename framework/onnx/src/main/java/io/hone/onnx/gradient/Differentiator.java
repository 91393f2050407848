package io.hone.onnx.gradient;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the backward pass: from the ends back, one step per node of the path. */
final class Differentiator implements BackwardStep.Tape {
  private static final String NO_GRADIENT = "it has no gradient";

  private final OnnxModel model;
  private final GradientRegistry registry;
  private final GradientPath path;
  private final DiscardedValues discarded;
  private final Shapes shapes;
  private final GraphEditor graph;
  private final BackwardPass.Purpose purpose;
  private final Map<String, List<Value>> received = new HashMap<>();
  private final Map<Node, Node> extended = new IdentityHashMap<>();
  private final List<DifferentiatedModel.Approximation> approximations = new ArrayList<>();

  Differentiator(
      OnnxModel model,
      GradientRegistry registry,
      GradientPath path,
      Shapes shapes,
      GraphEditor graph,
      BackwardPass.Purpose purpose) {
    this.model = model;
    this.registry = registry;
    this.path = path;
    this.discarded = new DiscardedValues(path.nodes());
    this.shapes = shapes;
    this.graph = graph;
    this.purpose = purpose;
  }

  /** Carries the gradients of the ends back; {@link #gradientOf} tells what arrived where. */
  void differentiate(Map<String, Value> ends) {
    ends.forEach((end, gradient) -> receive(new Value(end), gradient));
    try {
      walkBack();
    } catch (UncoveredOperatorException e) {
      // A node may be refused only because nothing tells the shape of what an unknown one writes.
      throw path.nodes().stream()
          .filter(node -> registry.of(node).isEmpty())
          .findFirst()
          .map(node -> refuse(node, NO_GRADIENT))
          .orElse(e);
    }
  }

  private void walkBack() {
    List<Node> nodes = path.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.writes().stream().anyMatch(received::containsKey)) {
        OperatorGradient rule = registry.of(node).orElseThrow(() -> refuse(node, NO_GRADIENT));
        checkPrecision(node, rule);
        differentiate(node, rule);
        if (rule.isApproximate()) {
          approximations.add(
              0,
              new DifferentiatedModel.Approximation(
                  node.operator(), nameOf(node), rule.approximation()));
        }
      }
    }
  }

  /** Returns what was not differentiated exactly, in the order of the model. */
  List<DifferentiatedModel.Approximation> approximations() {
    return List.copyOf(approximations);
  }

  private static String nameOf(Node node) {
    return node.name().isEmpty() ? node.output(0).name() : node.name();
  }

  private void checkPrecision(Node node, OperatorGradient rule) {
    Optional<ElementType> type = shapes.typeOf(node.output(0));
    boolean quantised =
        type.filter(known -> known != ElementType.OTHER && !known.isFloating()).isPresent();
    if (quantised && (rule.isApproximate() || movesOnly(node))) {
      return;
    }
    if (type.isPresent() && type.get() != ElementType.FLOAT) {
      throw refuse(node, "it computes in " + type.get() + "; export the model in single precision");
    }
  }

  /** An operator that looks at no number has the same gradient for quantised ones. */
  private static boolean movesOnly(Node node) {
    return OperatorTrait.MOVES.isOf(node) || OperatorTrait.JOINS.isOf(node);
  }

  private void differentiate(Node node, OperatorGradient rule) {
    try {
      rule.rule().differentiate(new BackwardStep(node, this));
    } catch (IndexOutOfBoundsException
        | NegativeArraySizeException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw new OnnxFormatException(
          model.name() + ": the attributes of the " + node.describe() + " do not fit its inputs",
          e);
    } catch (OnnxFormatException e) {
      throw new OnnxFormatException(
          model.name() + ": the " + node.describe() + " is broken: " + e.getMessage(), e);
    }
  }

  @Override
  public GraphEditor graph() {
    return graph;
  }

  @Override
  public Optional<Shape> shape(Value value) {
    return shapes.of(value);
  }

  @Override
  public Optional<ElementType> type(Value value) {
    return shapes.typeOf(value);
  }

  @Override
  public Optional<Value> gradientOf(Value value) {
    List<Value> parts = received.get(value.name());
    if (parts == null) {
      return Optional.empty();
    }
    if (parts.size() > 1) {
      Value sum = graph.op("Sum", parts.toArray(Value[]::new));
      parts.clear();
      parts.add(sum);
    }
    return Optional.of(parts.get(0));
  }

  @Override
  public boolean wants(Value value) {
    return path.wants(value);
  }

  @Override
  public List<String> sourcesOf(Value value) {
    return path.inputsOf(value);
  }

  @Override
  public boolean mayBeDiscarded(Value value) {
    return discarded.contains(value);
  }

  @Override
  public void receive(Value value, Value gradient) {
    received.computeIfAbsent(value.name(), name -> new ArrayList<>()).add(gradient);
  }

  @Override
  public Value extraOutput(Node node, int index) {
    Node current = extended.getOrDefault(node, node);
    if (!current.output(index).isAbsent()) {
      return current.output(index);
    }
    List<Value> outputs = new ArrayList<>(current.outputs());
    while (outputs.size() <= index) {
      outputs.add(Value.NONE);
    }
    Value extra = new Value(graph.freshName(node.operator() + "_" + index));
    outputs.set(index, extra);
    Node changed = current.withOutputs(outputs);
    graph.replace(current, changed);
    extended.put(node, changed);
    return extra;
  }

  @Override
  public UncoveredOperatorException refuse(Node node, String reason) {
    String operator =
        node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
    return new UncoveredOperatorException(
        operator,
        nameOf(node),
        model.name()
            + ": the "
            + node.describe()
            + " (read as opset "
            + model.opset()
            + ") is between "
            + purpose.where()
            + " and cannot be differentiated: "
            + reason
            + ". "
            + purpose.advice());
  }
}
