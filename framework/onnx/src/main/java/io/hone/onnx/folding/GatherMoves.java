package io.hone.onnx.folding;

import java.util.Arrays;

/** Operators that take or put elements by index. */
final class GatherMoves {
  private GatherMoves() {}

  static Arrangement gather(Arguments arguments) {
    long[] source = arguments.shape(0);
    Content indices = arguments.content(1);
    int axis = arguments.axis(0, source.length);
    int wide = indices.sizes().length;
    long[] result = new long[source.length - 1 + wide];
    System.arraycopy(source, 0, result, 0, axis);
    System.arraycopy(indices.sizes(), 0, result, axis, wide);
    System.arraycopy(source, axis + 1, result, axis + wide, source.length - axis - 1);
    int[] strides = Arrangement.strides(source);
    int[] inner = Arrangement.strides(indices.sizes());
    return Arrangement.of(
        result,
        place -> {
          int index =
              Arguments.counted(indices.integer(dot(place, axis, inner)), (int) source[axis]);
          int from = index * strides[axis];
          for (int i = 0; i < source.length; i++) {
            if (i != axis) {
              from += (int) place[i < axis ? i : i - 1 + wide] * strides[i];
            }
          }
          return from;
        });
  }

  private static int dot(long[] place, int start, int[] strides) {
    int sum = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      sum += (int) place[start + axis] * strides[axis];
    }
    return sum;
  }

  static Arrangement gatherElements(Arguments arguments) {
    long[] source = arguments.shape(0);
    Content indices = arguments.content(1);
    int axis = arguments.axis(0, source.length);
    int[] strides = Arrangement.strides(source);
    int[] inner = Arrangement.strides(indices.sizes());
    return Arrangement.of(
        indices.sizes(),
        place -> {
          int index = Arguments.counted(indices.integer(dot(place, 0, inner)), (int) source[axis]);
          return dot(place, 0, strides) + (index - (int) place[axis]) * strides[axis];
        });
  }

  static Arrangement gatherNd(Arguments arguments) {
    if (arguments.node().integer("batch_dims", 0) != 0) {
      throw new IllegalArgumentException("batch_dims");
    }
    long[] source = arguments.shape(0);
    Content indices = arguments.content(1);
    long[] table = indices.sizes();
    int outer = table.length - 1;
    int depth = Math.toIntExact(table[outer]);
    long[] result = new long[outer + source.length - depth];
    System.arraycopy(table, 0, result, 0, outer);
    System.arraycopy(source, depth, result, outer, source.length - depth);
    int[] strides = Arrangement.strides(source);
    int[] inner = Arrangement.strides(table);
    return Arrangement.of(
        result,
        place -> {
          int row = dot(place, 0, Arrays.copyOf(inner, outer));
          int from = 0;
          for (int axis = 0; axis < source.length; axis++) {
            long index =
                axis < depth
                    ? Arguments.counted(indices.integer(row + axis), (int) source[axis])
                    : place[outer + axis - depth];
            from += (int) index * strides[axis];
          }
          return from;
        });
  }

  static Arrangement where(Arguments arguments) {
    Content condition = arguments.content(0);
    long[] result = Arrangement.common(condition.sizes(), arguments.shape(1), arguments.shape(2));
    int[] yes = Arrangement.repeated(arguments.shape(1), result).sources();
    int[] no = Arrangement.repeated(arguments.shape(2), result).sources();
    int[] which = Arrangement.repeated(condition.sizes(), result).sources();
    int first = Content.count(arguments.shape(1));
    int[] sources = new int[which.length];
    Arrays.setAll(sources, i -> condition.integer(which[i]) != 0 ? yes[i] : first + no[i]);
    return new Arrangement(result, sources);
  }

  static Arrangement oneHot(Arguments arguments) {
    Content indices = arguments.content(0);
    int depth = Math.toIntExact(arguments.content(1).onlyInteger());
    int rank = indices.sizes().length + 1;
    int axis = arguments.axis(-1, rank);
    long[] result = new long[rank];
    System.arraycopy(indices.sizes(), 0, result, 0, axis);
    result[axis] = depth;
    System.arraycopy(indices.sizes(), axis, result, axis + 1, rank - 1 - axis);
    int[] inner = Arrangement.strides(indices.sizes());
    return Arrangement.of(
        result,
        place -> {
          int row = 0;
          for (int i = 0; i < rank; i++) {
            row += i == axis ? 0 : (int) place[i] * inner[i < axis ? i : i - 1];
          }
          long index = indices.integer(row);
          return (index < 0 ? index + depth : index) == place[axis] ? 1 : 0;
        });
  }

  static Arrangement scatterElements(Arguments arguments) {
    refuseReduction(arguments);
    long[] target = arguments.shape(0);
    Content indices = arguments.content(1);
    int axis = arguments.axis(0, target.length);
    if (!Arrays.equals(indices.sizes(), arguments.shape(2))) {
      throw new IllegalArgumentException("shapes do not fit");
    }
    Arrangement result = Arrangement.natural(target, 0);
    int[] strides = Arrangement.strides(target);
    long[] place = new long[target.length];
    for (int i = 0; i < indices.count(); i++) {
      int index = Arguments.counted(indices.integer(i), (int) target[axis]);
      int to = dot(place, 0, strides) + (index - (int) place[axis]) * strides[axis];
      result.sources()[to] = Content.count(target) + i;
      Arrangement.advance(place, indices.sizes());
    }
    return result;
  }

  static Arrangement scatterNd(Arguments arguments) {
    refuseReduction(arguments);
    long[] target = arguments.shape(0);
    Content indices = arguments.content(1);
    long[] table = indices.sizes();
    int depth = Math.toIntExact(table[table.length - 1]);
    int block = Content.count(Arrays.copyOfRange(target, depth, target.length));
    int rows = depth == 0 ? 1 : indices.count() / depth;
    if (Content.count(arguments.shape(2)) != Math.multiplyExact(rows, block)) {
      throw new IllegalArgumentException("shapes do not fit");
    }
    Arrangement result = Arrangement.natural(target, 0);
    int[] strides = Arrangement.strides(target);
    for (int row = 0; row < rows; row++) {
      int to = 0;
      for (int axis = 0; axis < depth; axis++) {
        to +=
            Arguments.counted(indices.integer(row * depth + axis), (int) target[axis])
                * strides[axis];
      }
      for (int i = 0; i < block; i++) {
        result.sources()[to + i] = Content.count(target) + row * block + i;
      }
    }
    return result;
  }

  private static void refuseReduction(Arguments arguments) {
    if (!arguments.node().text("reduction", "none").equals("none")) {
      throw new IllegalArgumentException("adds up");
    }
  }
}
