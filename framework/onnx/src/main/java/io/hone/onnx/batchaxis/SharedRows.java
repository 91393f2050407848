package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import java.util.Optional;

/** Finds what a graph makes once for every image, all alike: expanded weights, filled tensors. */
final class SharedRows {
  private SharedRows() {}

  /** Returns where the images are in what a node makes of values that do not depend on them. */
  static Optional<Rows> of(Node node, BatchFlow flow) {
    Optional<Shape> made = flow.shapes().of(node.output(0));
    if (made.isEmpty()) {
      return Optional.empty();
    }
    if (node.is("ConstantOfShape")) {
      return filled(made.get(), flow.images());
    }
    return node.is("Expand")
        ? flow.shapes()
            .of(node.input(0))
            .flatMap(source -> expanded(source, made.get(), flow.images()))
        : Optional.empty();
  }

  private static Optional<Rows> filled(Shape made, Dimension images) {
    for (int axis = 0; axis < made.rank(); axis++) {
      Optional<Dimension> inner = made.axis(axis).dividedExactlyBy(images);
      if (inner.isPresent()) {
        return Optional.of(new Rows(axis, Dimension.of(1), inner.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Rows> expanded(Shape source, Shape made, Dimension images) {
    int added = made.rank() - source.rank();
    for (int axis = 0; axis < made.rank(); axis++) {
      boolean repeated = axis < added || source.axis(axis - added).size() == 1;
      if (repeated && made.axis(axis).sameAs(images)) {
        return Optional.of(Rows.plain(axis));
      }
    }
    return Optional.empty();
  }
}
