package io.hone.onnx.shape;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shapes of what reads or writes elements at indices, or moves them between axes. */
final class SelectionShapes {
  private SelectionShapes() {}

  static void gatherElements(Node node, Shapes shapes) {
    shapes.of(node.input(1)).ifPresent(shape -> shapes.tell(node.output(0), shape));
  }

  static void gatherBlocks(Node node, Shapes shapes) {
    Optional<Shape> data = shapes.of(node.input(0));
    Optional<Shape> indices = shapes.of(node.input(1));
    if (data.isEmpty() || indices.isEmpty() || !indices.get().axis(-1).isFixed()) {
      return;
    }
    int lists = indices.get().rank() - 1;
    int read = (int) (node.integer("batch_dims", 0) + indices.get().axis(-1).size());
    List<Dimension> dimensions = new ArrayList<>(indices.get().dimensions().subList(0, lists));
    dimensions.addAll(data.get().dimensions().subList(read, data.get().rank()));
    shapes.tell(node.output(0), new Shape(dimensions));
  }

  static void topK(Node node, Shapes shapes) {
    Optional<Shape> data = shapes.of(node.input(0));
    Optional<long[]> count = shapes.integers(node.input(1));
    if (data.isPresent()) {
      Dimension kept = count.map(k -> Dimension.of(k[0])).orElse(Dimension.UNKNOWN);
      Shape result = data.get().with((int) node.integer("axis", -1), kept);
      node.outputs().forEach(output -> shapes.tell(output, result));
    }
  }

  static void compress(Node node, Shapes shapes) {
    if (!node.has("axis")) {
      shapes.tell(node.output(0), Shape.of(Dimension.UNKNOWN));
      return;
    }
    int axis = (int) node.integer("axis", 0);
    shapes
        .of(node.input(0))
        .ifPresent(data -> shapes.tell(node.output(0), data.with(axis, Dimension.UNKNOWN)));
  }

  static void oneHot(Node node, Shapes shapes) {
    Optional<Shape> indices = shapes.of(node.input(0));
    if (indices.isPresent()) {
      int axis = (int) node.integer("axis", -1);
      List<Dimension> dimensions = new ArrayList<>(indices.get().dimensions());
      Dimension depth =
          shapes.integers(node.input(1)).map(d -> Dimension.of(d[0])).orElse(Dimension.UNKNOWN);
      dimensions.add(axis < 0 ? axis + dimensions.size() + 1 : axis, depth);
      shapes.tell(node.output(0), new Shape(dimensions));
    }
  }

  static void depthToSpace(Node node, Shapes shapes) {
    long block = node.integer("blocksize", 1);
    shapes
        .of(node.input(0))
        .ifPresent(
            image ->
                shapes.tell(
                    node.output(0),
                    Shape.of(
                        image.axis(0),
                        divided(image.axis(1), block * block),
                        multiplied(image.axis(2), block),
                        multiplied(image.axis(3), block))));
  }

  static void spaceToDepth(Node node, Shapes shapes) {
    long block = node.integer("blocksize", 1);
    shapes
        .of(node.input(0))
        .ifPresent(
            image ->
                shapes.tell(
                    node.output(0),
                    Shape.of(
                        image.axis(0),
                        multiplied(image.axis(1), block * block),
                        divided(image.axis(2), block),
                        divided(image.axis(3), block))));
  }

  private static Dimension multiplied(Dimension size, long factor) {
    return size.isFixed() ? Dimension.of(size.size() * factor) : Dimension.UNKNOWN;
  }

  private static Dimension divided(Dimension size, long divisor) {
    return size.isFixed() ? Dimension.of(size.size() / divisor) : Dimension.UNKNOWN;
  }

  static void centerCropPad(Node node, Shapes shapes) {
    Optional<Shape> data = shapes.of(node.input(0));
    if (data.isEmpty()) {
      return;
    }
    Optional<long[]> axes = node.integers("axes");
    Optional<List<Dimension>> sizes = shapes.list(node.input(1));
    Shape result = data.get();
    int count = axes.map(list -> list.length).orElse(result.rank());
    for (int i = 0; i < count; i++) {
      int axis = axes.isPresent() ? (int) axes.get()[i] : i;
      result = result.with(axis, sizes.isPresent() ? sizes.get().get(i) : Dimension.UNKNOWN);
    }
    shapes.tell(node.output(0), result);
  }
}
