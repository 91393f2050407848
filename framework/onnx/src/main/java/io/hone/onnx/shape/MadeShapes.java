package io.hone.onnx.shape;

import io.hone.onnx.folding.Content;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Shapes of what is made from sizes and bounds, or found by looking at every element. */
final class MadeShapes {
  /** More axes than this no runtime has. */
  private static final long MOST_AXES = 64;

  private MadeShapes() {}

  static void constantOfShape(Node node, Shapes shapes) {
    Optional<List<Dimension>> sizes = shapes.list(node.input(0));
    if (sizes.isPresent()) {
      List<Dimension> certain =
          sizes.get().stream().map(size -> size.isAtLeast(0) ? size : Dimension.UNKNOWN).toList();
      shapes.tell(node.output(0), new Shape(certain));
      return;
    }
    shapes
        .of(node.input(0))
        .map(shape -> shape.axis(0).size())
        .filter(rank -> rank >= 0 && rank <= MOST_AXES)
        .ifPresent(
            rank ->
                shapes.tell(
                    node.output(0),
                    new Shape(Collections.nCopies(rank.intValue(), Dimension.UNKNOWN))));
  }

  /** Counting from 0 in steps of 1, the limit is the size. */
  static void range(Node node, Shapes shapes) {
    Optional<Dimension> limit = only(node.input(1), shapes);
    boolean counts = isInteger(node.input(0), 0, shapes) && isInteger(node.input(2), 1, shapes);
    shapes.tell(
        node.output(0),
        Shape.of(limit.filter(size -> counts && size.isAtLeast(0)).orElse(Dimension.UNKNOWN)));
  }

  private static Optional<Dimension> only(Value value, Shapes shapes) {
    return shapes
        .tracked(value)
        .filter(tracked -> tracked.elements().size() == 1)
        .map(tracked -> tracked.elements().get(0));
  }

  private static boolean isInteger(Value value, long wanted, Shapes shapes) {
    Optional<Content> content = shapes.content(value);
    return content.isPresent()
        && content.get().isWhole()
        && content.get().count() == 1
        && content.get().integer(0) == wanted;
  }

  static void nonZero(Node node, Shapes shapes) {
    shapes
        .of(node.input(0))
        .ifPresent(
            shape ->
                shapes.tell(
                    node.output(0), Shape.of(Dimension.of(shape.rank()), Dimension.UNKNOWN)));
  }
}
