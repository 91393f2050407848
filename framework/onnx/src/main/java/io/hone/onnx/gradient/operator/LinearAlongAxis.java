package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * The transpose of an operator that mixes elements along one axis only, the same way everywhere:
 * its matrix is what the operator makes of the unit matrix, so every mode and rounding of it holds
 * exactly.
 */
final class LinearAlongAxis {
  private final BackwardStep step;
  private final int axis;
  private final int rank;

  private LinearAlongAxis(BackwardStep step, int axis, int rank) {
    this.step = step;
    this.axis = axis;
    this.rank = rank;
  }

  /** Looks at an axis of the node's first input. */
  static LinearAlongAxis of(BackwardStep step, int axis) {
    return new LinearAlongAxis(step, axis, step.rank(step.x(0)));
  }

  /**
   * Applies the transpose.
   *
   * @param forward what the operator does to the rows of a matrix [size, size], giving [size',
   *     size]
   */
  Value transposed(Value gradient, UnaryOperator<Value> forward) {
    Value matrix = forward.apply(unitMatrix());
    if (axis == rank - 1) {
      return step.op("MatMul", gradient, matrix);
    }
    Value back = step.graph().node("Transpose", matrix).with("perm", new long[] {1, 0}).output();
    if (axis == rank - 2) {
      return step.op("MatMul", back, gradient);
    }
    long[] order = LongStream.range(0, rank).toArray();
    order[axis] = rank - 1L;
    order[rank - 1] = axis;
    Value turned = step.graph().node("Transpose", gradient).with("perm", order).output();
    Value mixed = step.op("MatMul", turned, matrix);
    return step.graph().node("Transpose", mixed).with("perm", order).output();
  }

  private Value unitMatrix() {
    long size = step.shape(step.x(0)).map((Shape shape) -> shape.axis(axis).size()).orElse(-1L);
    if (size >= 0) {
      int edge = Math.toIntExact(size);
      float[] unit = new float[Math.multiplyExact(edge, edge)];
      for (int i = 0; i < edge; i++) {
        unit[i * edge + i] = 1;
      }
      return step.graph().constant("unit", ConstantTensor.floats(unit, edge, edge));
    }
    Value length = step.sizes(step.x(0), axis, axis + 1);
    return step.op("EyeLike", step.zeros(step.join(length, length)));
  }
}
