package io.hone.onnxruntime.card;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.shape.Shapes;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the axes that a graph declares for its inputs and outputs. */
final class Axes {
  private Axes() {}

  /** Returns the size of an axis, if the graph fixes it to what an array can hold. */
  static OptionalInt size(TensorInfo value, int axis) {
    if (value.shape().isEmpty() || axis >= value.shape().get().rank()) {
      return OptionalInt.empty();
    }
    long size = value.shape().get().axis(axis).size();
    return size < 0 || size > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) size);
  }

  /**
   * Returns the shape of a value as the graph declares it, or as it follows from the graph's
   * operators where it declares nothing or leaves sizes open.
   */
  static Optional<Shape> inferred(OnnxModel model, TensorInfo value) {
    Optional<Shape> declared = value.shape();
    if (declared.isPresent()
        && declared.get().dimensions().stream().skip(1).allMatch(Dimension::isFixed)) {
      return declared;
    }
    try {
      Optional<Shape> followed = Shapes.of(OpsetRaiser.raise(model)).of(new Value(value.name()));
      return followed.isPresent() ? followed : declared;
    } catch (OpsetException | OnnxFormatException unknown) {
      return declared;
    }
  }

  /** Returns the shape as a user reads it, such as {@code [batch, 1, 28, 28]}. */
  static String describe(TensorInfo value) {
    return value.shape().map(Shape::toString).orElse("of unknown shape");
  }
}
