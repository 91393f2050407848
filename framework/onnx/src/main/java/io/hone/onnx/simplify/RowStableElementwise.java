package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.PaddedRows;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import io.hone.onnx.shape.Shapes;
import java.util.List;

/** Pads what some functions are applied to; see {@link PaddedRows}. */
final class RowStableElementwise implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Shapes shapes = Shapes.of(uses.model());
    List<Node> nodes = graph.nodes();
    graph.setNodes(List.of());
    for (Node node : nodes) {
      if (OperatorTrait.ROUNDED_BY_PLACE.isOf(node)) {
        Value x = node.input(0);
        Value result =
            PaddedRows.apply(
                graph, x, shapes.of(x), full -> graph.copy(node.withInputs(List.of(full))));
        graph.add(graph.node("Identity", result).into(node.outputs()));
      } else {
        graph.add(node);
      }
    }
  }
}
