package io.hone.onnx.folding;

import io.hone.onnx.graph.ElementType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The largest or smallest elements along an axis. */
final class Selection {
  private Selection() {}

  static List<Content> topK(Operands operands) {
    Content content = operands.input(0);
    long[] sizes = content.sizes();
    int axis = operands.arguments().axis(-1, sizes.length);
    int count =
        Math.toIntExact(
            operands.node().has("k")
                ? operands.node().integer("k", 1)
                : operands.input(1).onlyInteger());
    boolean largest = operands.node().integer("largest", 1) != 0;
    if (operands.node().integer("sorted", 1) == 0) {
      throw new IllegalArgumentException("no order is promised");
    }
    long[] rows = sizes.clone();
    rows[axis] = 1;
    long[] result = sizes.clone();
    result[axis] = count;
    int stride = Arrangement.strides(sizes)[axis];
    int[] strides = Arrangement.strides(sizes);
    int[] targets = Arrangement.strides(result);
    int[] sources = new int[Content.count(result)];
    long[] indices = new long[sources.length];
    long[] place = new long[sizes.length];
    for (int row = 0; row < Content.count(rows); row++) {
      int first = dot(place, strides);
      Comparator<Integer> order =
          (a, b) -> Reductions.compare(content, first + a * stride, first + b * stride);
      Integer[] sorted =
          IntStream.range(0, Math.toIntExact(sizes[axis])).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, largest ? order.reversed() : order);
      for (int i = 0; i < count; i++) {
        int to = dot(place, targets) + i * targets[axis];
        sources[to] = first + sorted[i] * stride;
        indices[to] = sorted[i];
      }
      Arrangement.advance(place, rows);
    }
    return List.of(
        new Arrangement(result, sources).apply(content),
        Content.integers(ElementType.INT64, result, indices));
  }

  private static int dot(long[] place, int[] strides) {
    int sum = 0;
    for (int axis = 0; axis < place.length; axis++) {
      sum += (int) place[axis] * strides[axis];
    }
    return sum;
  }
}
