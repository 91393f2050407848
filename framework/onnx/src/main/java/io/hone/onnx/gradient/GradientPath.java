package io.hone.onnx.gradient;

import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes through which small changes of some inputs reach some values, the ends. Integers and
 * truths do not change with small changes, so that what is computed in them is no part of the path;
 * but those that a quantisation made of floats stand for the floats, and carry changes on.
 */
final class GradientPath {
  private final OnnxModel model;
  private final GradientRegistry registry;
  private final Shapes shapes;
  private final Collection<String> inputs;
  private final Set<String> moved = new HashSet<>();
  private final Set<String> wanted = new HashSet<>();
  private final List<Node> nodes;

  /** Looks at a model of opset 18. */
  GradientPath(
      OnnxModel model,
      Shapes shapes,
      GradientRegistry registry,
      Collection<String> inputs,
      Collection<String> ends) {
    this.model = model;
    this.registry = registry;
    this.shapes = shapes;
    this.inputs = inputs;
    moved.addAll(inputs);
    model.nodes().forEach(this::move);
    Set<String> reaching = new HashSet<>(ends);
    List<Node> all = model.nodes();
    for (int i = all.size() - 1; i >= 0; i--) {
      Node node = all.get(i);
      if (node.writes().stream().anyMatch(reaching::contains)
          && node.writes().stream().anyMatch(moved::contains)) {
        reaching.addAll(node.reads());
      }
    }
    moved.stream().filter(reaching::contains).forEach(wanted::add);
    nodes =
        all.stream()
            .filter(node -> node.writes().stream().anyMatch(wanted::contains))
            .filter(node -> node.writes().stream().anyMatch(moved::contains))
            .toList();
  }

  private void move(Node node) {
    Optional<OperatorGradient> gradient = registry.of(node);
    // An operator that nobody knows is taken to pass changes on.
    boolean carries = gradient.map(known -> known.carries().test(node)).orElse(true);
    if (!carries || node.reads().stream().noneMatch(moved::contains)) {
      return;
    }
    boolean quantised =
        gradient.filter(OperatorGradient::isApproximate).isPresent()
            || node.inputs().stream()
                .anyMatch(input -> moved.contains(input.name()) && isWhole(input));
    node.outputs().stream()
        .filter(output -> !output.isAbsent())
        .filter(output -> quantised || !isWhole(output))
        .forEach(output -> moved.add(output.name()));
  }

  private boolean isWhole(Value value) {
    return shapes
        .typeOf(value)
        .filter(type -> type != ElementType.OTHER && !type.isFloating())
        .isPresent();
  }

  /** Returns the nodes on the path, in the order of the model. */
  List<Node> nodes() {
    return nodes;
  }

  /** Returns the inputs whose changes reach a value, in the order in which they were given. */
  List<String> inputsOf(Value value) {
    Set<String> before = new HashSet<>(Set.of(value.name()));
    List<Node> all = model.nodes();
    for (int i = all.size() - 1; i >= 0; i--) {
      Node node = all.get(i);
      if (node.writes().stream().anyMatch(name -> before.contains(name) && moved.contains(name))) {
        before.addAll(node.reads());
      }
    }
    return inputs.stream().filter(before::contains).toList();
  }

  /** Returns whether the gradient of a value is needed. */
  boolean wants(Value value) {
    return wanted.contains(value.name());
  }
}
