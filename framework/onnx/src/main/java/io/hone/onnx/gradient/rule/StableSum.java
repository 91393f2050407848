package io.hone.onnx.gradient.rule;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.RowSum;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sums of gradients; where shapes are known no bit depends on an image's place in the batch. */
final class StableSum {
  private final BackwardStep step;
  private final GraphEditor graph;

  StableSum(BackwardStep step) {
    this.step = step;
    this.graph = step.graph();
  }

  /** Sums over the axes along which {@code like} was broadcast, back to its shape. */
  Value to(Value value, Optional<Shape> from, Value like) {
    Optional<Shape> to = step.shape(like);
    if (from.isEmpty() || to.isEmpty() || isUncertain(from.get(), to.get())) {
      return toShapeAtRunTime(value, like);
    }
    if (from.get().sameAs(to.get())) {
      return value;
    }
    int extra = from.get().rank() - to.get().rank();
    long[] axes =
        IntStream.range(0, from.get().rank())
            .filter(
                axis ->
                    axis < extra
                        || (to.get().axis(axis - extra).size() == 1
                            && from.get().axis(axis).size() != 1))
            .asLongStream()
            .toArray();
    Value sum = over(value, from.get(), axes);
    return extra == 0 ? sum : step.reshapeLike(sum, like);
  }

  /** Sums over axes, each left with size 1; {@code like} is shaped as {@code value}. */
  Value along(Value value, Value like, long... axes) {
    Optional<Shape> known = step.shape(like);
    if (known.isEmpty()) {
      return graph.op("ReduceSum", value, graph.list(axes));
    }
    int rank = known.get().rank();
    return over(
        value,
        known.get(),
        LongStream.of(axes).map(axis -> axis < 0 ? axis + rank : axis).sorted().toArray());
  }

  /** Means over axes, each left with size 1; {@code like} is shaped as {@code value}. */
  Value meanAlong(Value value, Value like, long... axes) {
    Value sum = along(value, like, axes);
    Optional<Shape> known = step.shape(like);
    long count = 1;
    for (long axis : axes) {
      long size = known.map(shape -> shape.axis((int) axis).size()).orElse(-1L);
      count = size < 0 || count < 0 ? -1 : count * size;
    }
    if (count >= 0) {
      return graph.op("Mul", sum, graph.scalar(1f / count));
    }
    Value ratio = graph.op("Div", graph.op("Size", value), graph.op("Size", sum));
    Value number = graph.node("Cast", ratio).with("to", ElementType.FLOAT.code()).output();
    return graph.op("Div", sum, number);
  }

  /** Sums over axes counted from 0, each left with size 1. */
  Value over(Value value, Shape shape, long... axes) {
    int rank = shape.rank();
    int first = rank;
    while (first > 1 && (contains(axes, first - 1) || shape.axis(first - 1).size() == 1)) {
      first--;
    }
    int tail = first;
    Value result = value;
    if (LongStream.of(axes).anyMatch(axis -> axis >= tail)) {
      Shape added = new Shape(shape.dimensions().subList(tail, rank));
      result = RowSum.of(graph, value, rank, tail, added.elements());
    }
    long[] others = LongStream.of(axes).filter(axis -> axis < tail).toArray();
    return others.length == 0 ? result : graph.op("ReduceSum", result, graph.list(others));
  }

  private static boolean contains(long[] axes, long wanted) {
    return LongStream.of(axes).anyMatch(axis -> axis == wanted);
  }

  /** Whether an axis of {@code to} may or may not turn out to be broadcast. */
  private static boolean isUncertain(Shape from, Shape to) {
    int extra = from.rank() - to.rank();
    for (int axis = 0; axis < to.rank(); axis++) {
      Dimension wide = from.axis(axis + extra);
      Dimension narrow = to.axis(axis);
      if (!wide.sameAs(narrow) && !narrow.isFixed()) {
        return true;
      }
    }
    return false;
  }

  private Value toShapeAtRunTime(Value value, Value like) {
    Value wide = graph.op("Shape", value);
    Value narrow = graph.op("Shape", like);
    Value extra = graph.op("Sub", graph.op("Shape", wide), graph.op("Shape", narrow));
    Value ones =
        graph.node("ConstantOfShape", extra).with("value", ConstantTensor.list(1)).output();
    Value padded = graph.node("Concat", ones, narrow).with("axis", 0).output();
    // NonZero lists the axes that differ as [1, count].
    Value differs = graph.op("Not", graph.op("Equal", wide, padded));
    Value axes = graph.op("Reshape", graph.op("NonZero", differs), graph.list(-1));
    Value sum = graph.node("ReduceSum", value, axes).with("noop_with_empty_axes", 1).output();
    return graph.op("Reshape", sum, narrow);
  }
}
