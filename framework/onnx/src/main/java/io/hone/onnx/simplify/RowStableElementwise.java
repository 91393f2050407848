package io.hone.onnx.simplify;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pads what some functions are applied to, so that each image fills whole vector registers: ONNX
 * Runtime computes the last few elements of a tensor one by one and rounds them differently, so
 * that an image's last bit would depend on its place in the batch.
 */
final class RowStableElementwise implements Pass {
  private static final Set<String> ROUNDED_BY_PLACE =
      Set.of("Celu", "Elu", "Log", "Mish", "Selu", "Softplus");

  /** The numbers in the widest register. */
  private static final long REGISTER = 16;

  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Shapes shapes = Shapes.of(uses.model());
    List<Node> nodes = graph.nodes();
    graph.setNodes(List.of());
    for (Node node : nodes) {
      boolean affected = node.domain().isEmpty() && ROUNDED_BY_PLACE.contains(node.operator());
      Optional<Shape> shape = affected ? shapes.of(node.input(0)) : Optional.empty();
      graph.add(shape.map(known -> padded(node, known, graph)).orElse(node));
    }
  }

  private static Node padded(Node node, Shape shape, GraphEditor graph) {
    if (shape.rank() < 2
        || !shape.dimensions().stream().skip(1).allMatch(Dimension::isFixed)
        || shape.with(0, Dimension.of(1)).elements() % REGISTER == 0) {
      return node;
    }
    long size = shape.with(0, Dimension.of(1)).elements();
    long missing = REGISTER - size % REGISTER;
    Value rows = graph.op("Reshape", node.input(0), graph.list(-1, size));
    Value full = graph.op("Pad", rows, graph.list(0, 0, 0, missing), graph.scalar(1));
    Value result = graph.copy(node.withInputs(List.of(full)));
    Value cut = graph.op("Pad", result, graph.list(0, 0, 0, -missing));
    long[] sizes = shape.sizes();
    sizes[0] = -1;
    return graph.node("Reshape", cut, graph.list(sizes)).into(node.outputs());
  }
}
