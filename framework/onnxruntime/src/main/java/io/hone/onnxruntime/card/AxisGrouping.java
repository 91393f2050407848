package io.hone.onnxruntime.card;

import io.hone.onnx.graph.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Matches a graph's axes with those of an image: each axis of the graph is one axis of the image,
 * several neighbours multiplied, or 1. So {@code [784, 1]} holds 1 x 28 x 28, and {@code [14, 56]}
 * does not.
 */
final class AxisGrouping {
  private final List<Dimension> graph;
  private final long[] image;
  private final List<Long> sizes = new ArrayList<>();

  private AxisGrouping(List<Dimension> graph, long[] image) {
    this.graph = graph;
    this.image = image;
  }

  /**
   * Returns the sizes of a graph's axes for the given image; -1 where any size will do.
   *
   * @param graph the axes without the batch
   * @param image sizes of an image's axes in the graph's order, -1 for any
   * @return empty if the graph's axes cannot hold such an image
   */
  static Optional<List<Long>> match(List<Dimension> graph, long... image) {
    long[] wide = Arrays.stream(image).filter(size -> size != 1).toArray();
    AxisGrouping grouping = new AxisGrouping(graph, wide);
    return grouping.matches(0) ? Optional.of(List.copyOf(grouping.sizes)) : Optional.empty();
  }

  private boolean matches(int next) {
    int axis = sizes.size();
    if (axis == graph.size()) {
      return next == image.length;
    }
    Dimension wanted = graph.get(axis);
    long size = 1;
    for (int end = next; ; end++) {
      boolean open = !wanted.isFixed() && (end > next || next == image.length);
      if (open || wanted.size() == size) {
        sizes.add(size);
        if (matches(end)) {
          return true;
        }
        sizes.remove(axis);
      }
      // An axis of any size is alone: its product with others is not known.
      if (end == image.length || size < 0 || (image[end] < 0 && end > next)) {
        return false;
      }
      size = image[end] < 0 ? -1 : size * image[end];
    }
  }
}
