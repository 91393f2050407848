package io.hone.onnx.simplify;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drops {@code ceil_mode} from pools where it adds no window. A window that would start behind the
 * image is not counted, which ONNX Runtime's kernels know but its shape inference does not: the
 * sizes it then folds into a graph are wrong.
 */
final class PlainPoolRounding implements Pass {
  private static final Set<String> POOLS = Set.of("MaxPool", "AveragePool", "LpPool");

  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Shapes shapes = Shapes.of(uses.model());
    List<Node> result = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean rounds = node.domain().isEmpty() && POOLS.contains(node.operator());
      if (rounds && node.integer("ceil_mode", 0) != 0) {
        Node plain = node.without("ceil_mode");
        Optional<Shape> told = shapes.of(node.output(0));
        boolean same =
            told.isPresent()
                && told.get().dimensions().stream().skip(2).allMatch(Dimension::isFixed)
                && told.equals(shapes.ofWritten(plain));
        result.add(same ? plain : node);
      } else {
        result.add(node);
      }
    }
    graph.setNodes(result);
  }
}
