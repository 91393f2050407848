package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradient of Slice: what was cut out goes back into zeros, padded where it is in one piece. */
final class SliceGradient {
  private final BackwardStep step;
  private final Optional<long[]> axes;
  private final Optional<long[]> steps;

  private SliceGradient(BackwardStep step) {
    this.step = step;
    this.axes = axes();
    this.steps =
        step.x(4).isAbsent()
            ? axes.map(all -> LongStream.of(all).map(axis -> 1).toArray())
            : step.constant(4).map(ConstantTensor::toLongs);
  }

  static void differentiate(BackwardStep step) {
    if (step.wants(0)) {
      step.give(0, new SliceGradient(step).putBack());
    }
  }

  private Optional<long[]> axes() {
    if (!step.x(3).isAbsent()) {
      int rank = step.rank(step.x(0));
      return step.constant(3)
          .map(list -> Arrays.stream(list.toLongs()).map(a -> a < 0 ? a + rank : a).toArray());
    }
    return step.shape(step.x(1))
        .map(shape -> shape.axis(0).size())
        .filter(count -> count >= 0)
        .map(count -> LongStream.range(0, count).toArray());
  }

  private Value putBack() {
    boolean plain =
        step.x(4).isAbsent()
            || steps.filter(all -> Arrays.stream(all).allMatch(one -> one == 1)).isPresent();
    Optional<Cut[]> cuts = cuts();
    if (cuts.isPresent()) {
      return putBack(cuts.get());
    }
    return plain ? paddedAtRunTime() : rowsAtRunTime();
  }

  /**
   * What is taken along one axis.
   *
   * @param first index
   * @param count of rows
   * @param step between rows
   * @param size of the axis before the cut
   */
  private record Cut(int axis, long first, long count, long step, long size) {
    static Cut of(int axis, long start, long end, long step, long size) {
      long last = step > 0 ? size : size - 1;
      long low = step > 0 ? 0 : -1;
      long from = Math.max(step > 0 ? 0 : -1, Math.min(last, start < 0 ? start + size : start));
      long to = Math.max(low, Math.min(last, end < 0 ? end + size : end));
      long span = step > 0 ? to - from : from - to;
      long count = span <= 0 ? 0 : (span - 1) / Math.abs(step) + 1;
      return new Cut(axis, from, count, step, size);
    }

    boolean isPlain() {
      return step == 1 || count == 0;
    }

    long[] indices() {
      return LongStream.range(0, count).map(i -> first + i * step).toArray();
    }
  }

  private Optional<Cut[]> cuts() {
    Optional<long[]> starts = step.constant(1).map(ConstantTensor::toLongs);
    Optional<long[]> ends = step.constant(2).map(ConstantTensor::toLongs);
    Optional<Shape> shape = step.shape(step.x(0));
    if (starts.isEmpty() || ends.isEmpty() || axes.isEmpty() || steps.isEmpty()) {
      return Optional.empty();
    }
    Cut[] cuts = new Cut[starts.get().length];
    for (int i = 0; i < cuts.length; i++) {
      int axis = (int) axes.get()[i];
      long size = shape.map(known -> known.axis(axis).size()).orElse(-1L);
      if (size < 0) {
        return Optional.empty();
      }
      cuts[i] = Cut.of(axis, starts.get()[i], ends.get()[i], steps.get()[i], size);
    }
    return Optional.of(cuts);
  }

  private Value putBack(Cut[] cuts) {
    Value gradient = step.gradient();
    for (Cut cut : cuts) {
      if (!cut.isPlain()) {
        gradient = new TakenRows(step, cut.axis()).putBack(gradient, cut.indices());
      }
    }
    Cut[] plain =
        Arrays.stream(cuts)
            .filter(cut -> cut.isPlain() && cut.count() < cut.size())
            .toArray(Cut[]::new);
    if (plain.length == 0) {
      return gradient;
    }
    long[] pads = new long[2 * plain.length];
    for (int i = 0; i < plain.length; i++) {
      pads[i] = Math.max(0, plain[i].first());
      pads[i + plain.length] = plain[i].size() - plain[i].count() - pads[i];
    }
    Value along = step.list(Arrays.stream(plain).mapToLong(Cut::axis).toArray());
    return step.op("Pad", gradient, step.list(pads), Value.NONE, along);
  }

  /** Without steps the pads of all axes are computed at once, from the sizes before and after. */
  private Value paddedAtRunTime() {
    Value starts = integers(1);
    Value along = step.x(3).isAbsent() ? numbers(step.op("Shape", starts)) : integers(3);
    Value whole = step.op("Gather", step.op("Shape", step.x(0)), along);
    Value left = step.op("Gather", step.op("Shape", step.y()), along);
    Value negative =
        step.graph()
            .node("Cast", step.op("Less", starts, step.list(0)))
            .with("to", ElementType.INT64.code())
            .output();
    Value counted = step.op("Add", starts, step.op("Mul", negative, whole));
    // A start behind the end leaves nothing, wherever that stood.
    Value room = step.op("Sub", whole, left);
    Value before = step.op("Min", step.op("Max", counted, step.list(0)), room);
    Value pads = step.join(before, step.op("Sub", room, before));
    return step.op("Pad", step.gradient(), pads, Value.NONE, along);
  }

  /** With steps the node's own cut through the numbers of the rows tells which were taken. */
  private Value rowsAtRunTime() {
    long[] known =
        axes.orElseThrow(() -> step.refuse("its axes are not constant, and its steps are not 1"));
    Value gradient = step.gradient();
    for (int i = 0; i < known.length; i++) {
      int axis = (int) known[i];
      Value at = step.list(i);
      Value taken =
          step.op(
              "Slice",
              numbers(step.sizes(step.x(0), axis, axis + 1)),
              step.op("Gather", integers(1), at),
              step.op("Gather", integers(2), at),
              step.list(0),
              step.op("Gather", integers(4), at));
      gradient = new TakenRows(step, axis).putBackDistinct(gradient, taken);
    }
    return gradient;
  }

  private Value integers(int input) {
    Optional<ConstantTensor> constant = step.constant(input);
    return constant.isPresent()
        ? step.list(constant.get().toLongs())
        : step.graph().node("Cast", step.x(input)).with("to", ElementType.INT64.code()).output();
  }

  /** Returns 0, 1, ... below a list of one number. */
  private Value numbers(Value length) {
    Value zero = step.op("Squeeze", step.list(0));
    return step.op("Range", zero, step.op("Squeeze", length), step.op("Squeeze", step.list(1)));
  }
}
