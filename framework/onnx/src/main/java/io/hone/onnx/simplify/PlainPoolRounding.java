package io.hone.onnx.simplify;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.operator.OperatorTrait;
import io.hone.onnx.shape.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes {@code ceil_mode} of a pool as pads where sizes are known. A window that would start
 * behind the image is not counted, which ONNX Runtime's kernels know but its shape inference does
 * not: the sizes it then folds into a graph are wrong.
 */
final class PlainPoolRounding implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Shapes shapes = Shapes.of(uses.model());
    List<Node> result = graph.nodes().stream().map(node -> plain(node, shapes)).toList();
    graph.setNodes(result);
  }

  private static Node plain(Node node, Shapes shapes) {
    boolean rounds = OperatorTrait.POOLS.isOf(node);
    Optional<Shape> image = shapes.of(node.input(0));
    Optional<Shape> windows = shapes.of(node.output(0));
    if (!rounds
        || node.integer("ceil_mode", 0) == 0
        || image.isEmpty()
        || windows.isEmpty()
        || !windows.get().dimensions().stream().skip(2).allMatch(Dimension::isFixed)) {
      return node;
    }
    Node floored = node.without("ceil_mode");
    if (windows.equals(shapes.ofWritten(floored))) {
      return floored;
    }
    // Pads that count in a mean are not the same as a window that reaches out of the image.
    boolean padsCount = node.integer("count_include_pad", 0) != 0;
    return padsCount || node.text("auto_pad", "NOTSET").startsWith("SAME")
        ? node
        : padded(floored, image.get(), windows.get()).orElse(node);
  }

  private static Optional<Node> padded(Node node, Shape image, Shape windows) {
    long[] kernel = node.integers("kernel_shape").orElseThrow();
    int axes = kernel.length;
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    long[] strides = node.integers("strides").orElse(ones);
    long[] dilations = node.integers("dilations").orElse(ones);
    long[] pads = node.integers("pads").orElse(new long[2 * axes]).clone();
    for (int axis = 0; axis < axes; axis++) {
      long extent = (kernel[axis] - 1) * dilations[axis] + 1;
      long reach = (windows.axis(axis + 2).size() - 1) * strides[axis] + extent;
      long needed = reach - pads[axis] - image.axis(axis + 2).size();
      pads[axis + axes] = Math.max(0, needed);
      if (needed >= kernel[axis]) {
        return Optional.empty();
      }
    }
    return Optional.of(node.without("auto_pad").with("pads", pads));
  }
}
