package io.hone.onnx.gradient;

import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which operators of a model have a gradient, and which need one.
 *
 * @param operators one entry per operator, in order of first use
 */
public record Coverage(List<Entry> operators) {
  /** Copies the list. */
  public Coverage {
    operators = List.copyOf(operators);
  }

  /**
   * Looks at a model before anything runs. Rules may still refuse a node for its attributes, which
   * {@link GradientGraph.Builder#build} tells.
   *
   * @param input the input to differentiate
   * @param logits the value that holds the logits
   */
  public static Coverage of(OnnxModel model, String input, String logits) {
    return of(model, input, logits, StandardGradients.registry());
  }

  /** Looks at a model with a registry of one's own. */
  public static Coverage of(
      OnnxModel given, String input, String logits, GradientRegistry registry) {
    OnnxModel model = CanonicalForm.of(given).model();
    OnnxModel raised = OpsetRaiser.raise(model);
    GradientPath path =
        new GradientPath(raised, Shapes.of(raised), registry, List.of(input), List.of(logits));
    Set<Node> onPath = new HashSet<>(path.nodes());
    Map<String, Node> owners = new HashMap<>();
    model.nodes().forEach(node -> node.writes().forEach(output -> owners.put(output, node)));
    Set<Node> needed = new HashSet<>();
    Set<Node> uncovered = new HashSet<>();
    Map<Node, String> approximations = new HashMap<>();
    List<Node> helpers = new ArrayList<>();
    for (Node node : raised.nodes()) {
      helpers.add(node);
      // Helpers that raising put in are before the node that writes the original's outputs.
      Node owner =
          node.writes().stream()
              .map(owners::get)
              .filter(found -> found != null)
              .findFirst()
              .orElse(null);
      if (owner != null) {
        for (Node helper : helpers) {
          if (onPath.contains(helper)) {
            needed.add(owner);
          }
          registry
              .of(helper)
              .ifPresentOrElse(
                  gradient -> {
                    if (gradient.isApproximate()) {
                      approximations.put(owner, gradient.approximation());
                    }
                  },
                  () -> uncovered.add(owner));
        }
        helpers.clear();
      }
    }
    return new Coverage(entries(model, needed, uncovered, approximations));
  }

  private static List<Entry> entries(
      OnnxModel model, Set<Node> needed, Set<Node> uncovered, Map<Node, String> approximations) {
    Map<String, List<Node>> byOperator = new LinkedHashMap<>();
    for (Node node : model.nodes()) {
      String operator =
          node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
      byOperator.computeIfAbsent(operator, key -> new ArrayList<>()).add(node);
    }
    List<Entry> entries = new ArrayList<>();
    byOperator.forEach(
        (operator, nodes) -> {
          List<Node> onPath = nodes.stream().filter(needed::contains).toList();
          List<Node> shown = onPath.isEmpty() ? nodes : onPath;
          entries.add(
              new Entry(
                  operator,
                  nodes.size(),
                  onPath.size(),
                  nodes.stream().noneMatch(uncovered::contains),
                  approximations.getOrDefault(shown.get(0), ""),
                  shown.stream()
                      .map(node -> node.name().isEmpty() ? node.output(0).name() : node.name())
                      .toList()));
        });
    return entries;
  }

  /** Returns whether the gradient of the logits to the input can be built. */
  public boolean isDifferentiable() {
    return operators.stream().noneMatch(Entry::blocks);
  }

  /**
   * One operator of a model.
   *
   * @param operator with its domain where that is not ONNX's own
   * @param count nodes in the model
   * @param onPath nodes through which the input reaches the logits
   * @param differentiable whether the operator has a gradient, zero gradients included
   * @param approximation what is taken in place of the true slope, in words for the user; empty
   *     where the gradient is exact
   * @param nodes names of the nodes on the path; of those off the path where none is on it
   */
  public record Entry(
      String operator,
      int count,
      int onPath,
      boolean differentiable,
      String approximation,
      List<String> nodes) {
    /** Copies the list. */
    public Entry {
      nodes = List.copyOf(nodes);
    }

    /** Returns whether this operator is in the way of a gradient. */
    public boolean blocks() {
      return onPath > 0 && !differentiable;
    }
  }
}
