package io.hone.onnx.folding;

/**
 * Where each element of a node's output comes from, for nodes that move elements and compute
 * nothing. The elements of all data inputs are numbered through, one input after the other.
 *
 * @param sizes of the output
 * @param sources per element of the output, in row-major order, its number among the inputs'
 */
public record Arrangement(long[] sizes, int[] sources) {
  /** Returns the elements of a shape in their order, starting at a number. */
  static Arrangement natural(long[] sizes, int first) {
    int[] sources = new int[Content.count(sizes)];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = first + i;
    }
    return new Arrangement(sizes, sources);
  }

  /** Returns how far apart neighbours along each axis are in row-major order. */
  static int[] strides(long[] sizes) {
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = Math.toIntExact(stride * sizes[axis]);
    }
    return strides;
  }

  /** Moves to the next element of a shape in row-major order. */
  static void advance(long[] place, long[] sizes) {
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (++place[axis] < sizes[axis]) {
        return;
      }
      place[axis] = 0;
    }
  }

  /** Gives each element of a shape the source that a function of its place names. */
  static Arrangement of(long[] sizes, Source source) {
    int[] sources = new int[Content.count(sizes)];
    long[] place = new long[sizes.length];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = source.at(place);
      advance(place, sizes);
    }
    return new Arrangement(sizes, sources);
  }

  /** Repeats a tensor along the axes that a shape makes longer. */
  public static Arrangement repeated(long[] from, long[] to) {
    int[] strides = strides(from);
    int extra = to.length - from.length;
    for (int axis = 0; axis < from.length; axis++) {
      if (from[axis] != 1 && from[axis] != to[axis + extra]) {
        throw new IllegalArgumentException("shapes do not fit");
      }
    }
    return of(
        to,
        place -> {
          int source = 0;
          for (int axis = 0; axis < from.length; axis++) {
            source += from[axis] == 1 ? 0 : strides[axis] * (int) place[axis + extra];
          }
          return source;
        });
  }

  /** Returns the shape that several shapes are repeated to. */
  public static long[] common(long[]... shapes) {
    int rank = 0;
    for (long[] shape : shapes) {
      rank = Math.max(rank, shape.length);
    }
    long[] result = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      long size = 1;
      for (long[] shape : shapes) {
        int own = axis - rank + shape.length;
        if (own >= 0 && shape[own] != 1) {
          if (size != 1 && size != shape[own]) {
            throw new IllegalArgumentException("shapes do not fit");
          }
          size = shape[own];
        }
      }
      result[axis] = size;
    }
    return result;
  }

  /** Applies this arrangement to elements of the inputs' total number. */
  Content apply(Content... inputs) {
    int[] starts = new int[inputs.length + 1];
    for (int i = 0; i < inputs.length; i++) {
      starts[i + 1] = starts[i] + inputs[i].count();
    }
    boolean whole = inputs[0].isWhole();
    long[] integers = new long[whole ? sources.length : 0];
    double[] numbers = new double[whole ? 0 : sources.length];
    for (int i = 0; i < sources.length; i++) {
      int input = 0;
      while (sources[i] >= starts[input + 1]) {
        input++;
      }
      int index = sources[i] - starts[input];
      if (whole) {
        integers[i] = inputs[input].integer(index);
      } else {
        numbers[i] = inputs[input].number(index);
      }
    }
    return whole
        ? Content.integers(inputs[0].type(), sizes, integers)
        : Content.numbers(inputs[0].type(), sizes, numbers);
  }

  /** Names the source of an element. */
  @FunctionalInterface
  interface Source {
    /** Returns the source of the element at a place, one index per axis. */
    int at(long[] place);
  }
}
