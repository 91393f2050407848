package io.hone.onnx.folding;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that give the same elements another shape. */
final class ShapeMoves {
  private ShapeMoves() {}

  static Arrangement reshape(Arguments arguments) {
    long[] source = arguments.shape(0);
    long[] wanted =
        arguments.list(1, "shape").orElseThrow(() -> new IllegalArgumentException("no shape"));
    boolean zeroCopies = arguments.node().integer("allowzero", 0) == 0;
    int inferred = -1;
    long known = 1;
    for (int axis = 0; axis < wanted.length; axis++) {
      if (wanted[axis] == 0 && zeroCopies) {
        wanted[axis] = source[axis];
      }
      if (wanted[axis] == -1) {
        inferred = axis;
      } else {
        known *= wanted[axis];
      }
    }
    if (inferred >= 0) {
      wanted[inferred] = Content.count(source) / known;
    }
    return same(source, wanted);
  }

  static Arrangement flatten(Arguments arguments) {
    long[] source = arguments.shape(0);
    long given = arguments.node().integer("axis", 1);
    int axis = (int) (given < 0 ? given + source.length : given);
    return same(
        source,
        new long[] {
          Content.count(Arrays.copyOf(source, axis)),
          Content.count(Arrays.copyOfRange(source, axis, source.length))
        });
  }

  static Arrangement squeeze(Arguments arguments) {
    long[] source = arguments.shape(0);
    Optional<int[]> axes = arguments.axes(1, "axes", source.length);
    long[] kept =
        IntStream.range(0, source.length)
            .filter(
                axis ->
                    axes.isPresent()
                        ? IntStream.of(axes.get()).noneMatch(removed -> removed == axis)
                        : source[axis] != 1)
            .mapToLong(axis -> source[axis])
            .toArray();
    return same(source, kept);
  }

  static Arrangement unsqueeze(Arguments arguments) {
    long[] source = arguments.shape(0);
    int added = arguments.list(1, "axes").orElseThrow().length;
    int[] axes = arguments.axes(1, "axes", source.length + added).orElseThrow();
    long[] result = new long[source.length + added];
    Arrays.fill(result, -1);
    for (int axis : axes) {
      result[axis] = 1;
    }
    int next = 0;
    for (int axis = 0; axis < result.length; axis++) {
      if (result[axis] < 0) {
        result[axis] = source[next++];
      }
    }
    return same(source, result);
  }

  private static Arrangement same(long[] from, long[] to) {
    if (Content.count(from) != LongStream.of(to).reduce(1, Math::multiplyExact)) {
      throw new IllegalArgumentException("shapes hold different numbers of elements");
    }
    return Arrangement.natural(to, 0);
  }
}
