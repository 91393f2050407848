package io.hone.onnx.opset;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.List;

/** Writes an AffineGrid of two axes, which came with opset 20, as the matrix product it is. */
final class LoweredAffineGrid {
  private final GraphEditor graph;
  private final boolean corners;

  private LoweredAffineGrid(GraphEditor graph, boolean corners) {
    this.graph = graph;
    this.corners = corners;
  }

  /** Returns a node that opset 18 has. */
  static Node lower(Node node, GraphEditor graph) {
    boolean corners = node.integer("align_corners", 0) != 0;
    return new LoweredAffineGrid(graph, corners).grid(node);
  }

  /** Every place (x, y, 1) of the grid, times the image's own matrix [2, 3]. */
  private Node grid(Node node) {
    Value size = node.input(1);
    Value height = graph.op("Gather", size, graph.list(2));
    Value width = graph.op("Gather", size, graph.list(3));
    Value space = join(height, width);
    Value xs = graph.op("Expand", graph.op("Unsqueeze", places(width), graph.list(0)), space);
    Value ys = graph.op("Expand", graph.op("Unsqueeze", places(height), graph.list(1)), space);
    Value ones = graph.op("Add", graph.op("Mul", xs, graph.scalar(0)), graph.scalar(1));
    Value columns =
        graph.node("Concat", column(xs), column(ys), column(ones)).with("axis", 1).output();
    Value matrix =
        graph.node("Transpose", node.input(0)).with("perm", new long[] {0, 2, 1}).output();
    Value product = graph.op("MatMul", columns, matrix);
    Value images = graph.op("Gather", size, graph.list(0));
    Value shape = join(join(images, space), graph.list(2));
    return graph.node("Reshape", product, shape).into(List.of(node.output(0)));
  }

  private Value column(Value numbers) {
    return graph.op("Reshape", numbers, graph.list(-1, 1));
  }

  private Value join(Value left, Value right) {
    return graph.node("Concat", left, right).with("axis", 0).output();
  }

  /** Returns the places of the pixels along one axis: from -1 to 1, or half a pixel inside. */
  private Value places(Value length) {
    Value zero = graph.op("Squeeze", graph.list(0), graph.list(0));
    Value one = graph.op("Squeeze", graph.list(1), graph.list(0));
    Value count = graph.op("Squeeze", length, graph.list(0));
    Value numbers = number(graph.op("Range", zero, count, one));
    Value size = number(length);
    Value twice = graph.op("Mul", numbers, graph.scalar(2));
    Value distance =
        corners
            ? graph.op("Div", twice, graph.op("Sub", size, graph.scalar(1)))
            : graph.op("Div", graph.op("Add", twice, graph.scalar(1)), size);
    return graph.op("Sub", distance, graph.scalar(1));
  }

  private Value number(Value integers) {
    return graph.node("Cast", integers).with("to", ElementType.FLOAT.code()).output();
  }
}
