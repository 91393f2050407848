package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The way back of taking rows along one axis of a node's first input: each row's gradient goes
 * where the row was taken from, and rows that nobody took get 0.
 */
final class TakenRows {
  private final BackwardStep step;
  private final int axis;
  private final long size;

  TakenRows(BackwardStep step, int axis) {
    this.step = step;
    this.axis = axis;
    this.size = step.shape(step.x(0)).map(shape -> shape.axis(axis).size()).orElse(-1L);
  }

  /** Puts back the rows of constant indices, negative ones counted from the end. */
  Value putBack(Value rows, long[] indices) {
    boolean counted = size >= 0;
    boolean positive = Arrays.stream(indices).allMatch(index -> index >= 0);
    if (!counted && !positive) {
      return putBack(rows, step.list(indices));
    }
    long[] places = Arrays.stream(indices).map(i -> i < 0 ? i + size : i).toArray();
    if (isRun(places)) {
      return putBackRun(rows, places.length == 0 ? 0 : places[0], places.length);
    }
    boolean distinct = Arrays.stream(places).distinct().count() == places.length;
    if (!distinct) {
      return putBack(rows, step.list(places));
    }
    return counted
        ? read(rows, step.list(inverse(places)))
        : putBackDistinct(rows, step.list(places));
  }

  private static boolean isRun(long[] places) {
    for (int i = 1; i < places.length; i++) {
      if (places[i] != places[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  private Value putBackRun(Value rows, long start, long count) {
    if (size == count) {
      return rows;
    }
    Value pads =
        size >= 0
            ? step.list(start, size - start - count)
            : step.join(
                step.list(start),
                step.op("Sub", step.sizes(step.x(0), axis, axis + 1), step.list(start + count)));
    return step.op("Pad", rows, pads, Value.NONE, step.list(axis));
  }

  private long[] inverse(long[] places) {
    long[] inverse = new long[Math.toIntExact(size)];
    Arrays.fill(inverse, places.length);
    for (int i = 0; i < places.length; i++) {
      inverse[(int) places[i]] = i;
    }
    return inverse;
  }

  /** Puts back rows of which none was taken twice; {@code indices} is a list of integers. */
  Value putBackDistinct(Value rows, Value indices) {
    Value length = step.op("Shape", indices);
    Value nobody = step.op("Expand", length, step.sizes(step.x(0), axis, axis + 1));
    Value zero = step.op("Squeeze", step.list(0));
    Value one = step.op("Squeeze", step.list(1));
    Value numbers = step.op("Range", zero, step.op("Squeeze", length), one);
    return read(rows, step.op("ScatterElements", nobody, indices, numbers));
  }

  /** Reads, for each row of the result, the one with its number, or zeros behind the last one. */
  private Value read(Value rows, Value numbers) {
    Value padded = step.op("Pad", rows, step.list(0, 1), Value.NONE, step.list(axis));
    return step.graph().node("Gather", padded, numbers).with("axis", axis).output();
  }

  /** Puts back rows of which some may have been taken several times, and adds those. */
  Value putBack(Value rows, Value indices) {
    long[] column = LongStream.range(0, step.rank(step.x(0))).map(i -> 1).toArray();
    column[axis] = -1;
    Value places =
        step.op("Expand", step.op("Reshape", indices, step.list(column)), step.op("Shape", rows));
    return step.graph()
        .node("ScatterElements", step.zeros(step.shapeOf(step.x(0))), places, rows)
        .with("axis", axis)
        .with("reduction", "add")
        .output();
  }
}
