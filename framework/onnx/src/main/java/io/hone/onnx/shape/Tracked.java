package io.hone.onnx.shape;

import io.hone.onnx.folding.Content;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A small tensor of integers or truth values, each as far as it is known before the graph runs.
 *
 * @param sizes of its axes
 * @param elements in row-major order
 */
record Tracked(long[] sizes, List<Dimension> elements) {
  /** The most elements that are followed one by one; lists of sizes have a handful. */
  static final int LIMIT = 1024;

  /** Copies the list. */
  Tracked {
    elements = List.copyOf(elements);
  }

  static Tracked list(List<Dimension> elements) {
    return new Tracked(new long[] {elements.size()}, elements);
  }

  static Tracked single(Dimension element) {
    return new Tracked(new long[0], List.of(element));
  }

  static Tracked of(Content content) {
    List<Dimension> elements = new ArrayList<>();
    for (int i = 0; i < content.count(); i++) {
      elements.add(Dimension.of(content.integer(i)));
    }
    return new Tracked(content.sizes(), elements);
  }

  static Tracked unknown(long[] sizes, int count) {
    return new Tracked(sizes, Collections.nCopies(count, Dimension.UNKNOWN));
  }

  boolean isFixed() {
    return elements.stream().allMatch(Dimension::isFixed);
  }

  /** Returns the elements, if all are known now. */
  Optional<Content> content(ElementType type) {
    return isFixed() && Content.isHeld(type) && !type.isFloating()
        ? Optional.of(
            Content.integers(type, sizes, elements.stream().mapToLong(Dimension::size).toArray()))
        : Optional.empty();
  }
}
