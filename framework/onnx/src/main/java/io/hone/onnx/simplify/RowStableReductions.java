package io.hone.onnx.simplify;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.RowSum;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes sums and means over the last axes as matrix products, whose last bit does not depend on
 * where in the batch an image is; see {@link RowSum}.
 */
final class RowStableReductions implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Shapes shapes = Shapes.of(uses.model());
    List<Node> nodes = graph.nodes();
    graph.setNodes(List.of());
    for (Node node : nodes) {
      graph.add(stable(node, shapes, graph).orElse(node));
    }
  }

  private static Optional<Node> stable(Node node, Shapes shapes, GraphEditor graph) {
    boolean mean = node.is("ReduceMean");
    Optional<Shape> shape = shapes.of(node.input(0));
    ConstantTensor axes = graph.constantOf(node.input(1));
    if (!(mean || node.is("ReduceSum")) || shape.isEmpty() || axes == null) {
      return Optional.empty();
    }
    int rank = shape.get().rank();
    int first = rank - (int) axes.shape().elements();
    long[] sorted =
        Arrays.stream(axes.toLongs()).map(axis -> axis < 0 ? axis + rank : axis).sorted().toArray();
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != first + i) {
        return Optional.empty();
      }
    }
    if (first == 0 || first == rank || !isFloat(node, shapes)) {
      return Optional.empty();
    }
    List<Dimension> added = shape.get().dimensions().subList(first, rank);
    boolean known = added.stream().allMatch(Dimension::isFixed);
    long count = known ? new Shape(added).elements() : -1;
    if (mean && count == 0) {
      return Optional.empty();
    }
    double factor = mean && known ? 1.0 / count : 1;
    Value sum = RowSum.scaled(graph, node.input(0), rank, first, count, factor);
    if (mean && !known) {
      Value ratio = graph.op("Div", graph.op("Size", node.input(0)), graph.op("Size", sum));
      Value number = graph.node("Cast", ratio).with("to", ElementType.FLOAT.code()).output();
      sum = graph.op("Div", sum, number);
    }
    return Optional.of(
        node.integer("keepdims", 1) == 0
            ? graph.node("Squeeze", sum, node.input(1)).into(node.outputs())
            : graph.node("Identity", sum).into(node.outputs()));
  }

  /** Integers, as in shape arithmetic, add up exactly in any order. */
  private static boolean isFloat(Node node, Shapes shapes) {
    return shapes.typeOf(node.input(0)).filter(ElementType.FLOAT::equals).isPresent();
  }
}
