package io.hone.onnx.gradient;

import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nodes through which small changes of the input reach the logits. */
final class GradientPath {
  private final Set<String> moved = new HashSet<>();
  private final Set<String> wanted = new HashSet<>();
  private final List<Node> nodes;

  /** Looks at a model of opset 18. */
  GradientPath(OnnxModel model, GradientRegistry registry, String input, String logits) {
    moved.add(input);
    for (Node node : model.nodes()) {
      // An operator that nobody knows is taken to pass changes on.
      boolean carries =
          registry.of(node).map(gradient -> gradient.carries().test(node)).orElse(true);
      if (carries && node.reads().stream().anyMatch(moved::contains)) {
        moved.addAll(node.writes());
      }
    }
    Set<String> reaching = new HashSet<>(Set.of(logits));
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

  /** Returns the nodes on the path, in the order of the model. */
  List<Node> nodes() {
    return nodes;
  }

  /** Returns whether the gradient of a value is needed. */
  boolean wants(Value value) {
    return wanted.contains(value.name());
  }
}
