package io.hone.onnx.runtime;

import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.OptionalInt;

/** Reads the axes that a graph declares for its inputs and outputs. */
final class Axes {
  private Axes() {}

  /** Returns the size of an axis, if the graph fixes it. */
  static OptionalInt size(TensorInfo value, int axis) {
    if (value.shape().isEmpty() || axis >= value.shape().get().rank()) {
      return OptionalInt.empty();
    }
    long size = value.shape().get().axis(axis).size();
    return size < 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(size));
  }

  /** Returns the shape as a user reads it, such as {@code [batch, 1, 28, 28]}. */
  static String describe(TensorInfo value) {
    return value.shape().map(Shape::toString).orElse("of unknown shape");
  }
}
