package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradients of matrix products. */
final class ProductGradients {
  private ProductGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("Einsum", EinsumGradient::differentiate),
        OperatorGradient.of("Gemm", ProductGradients::gemm),
        OperatorGradient.of("MatMul", ProductGradients::matMul));
  }

  private static void gemm(BackwardStep step) {
    long transA = step.node().integer("transA", 0);
    long transB = step.node().integer("transB", 0);
    float alpha = step.node().number("alpha", 1);
    Value gradient = step.gradient();
    if (step.wants(0)) {
      step.give(
          0,
          transA == 0
              ? product(step, gradient, 0, step.x(1), 1 - transB, alpha)
              : product(step, step.x(1), transB, gradient, 1, alpha));
    }
    if (step.wants(1)) {
      step.give(
          1,
          transB == 0
              ? product(step, step.x(0), 1 - transA, gradient, 0, alpha)
              : product(step, gradient, 1, step.x(0), transA, alpha));
    }
    if (step.wants(2)) {
      float beta = step.node().number("beta", 1);
      Value scaled = beta == 1 ? gradient : step.mul(gradient, step.scalar(beta));
      step.giveReduced(2, scaled);
    }
  }

  private static Value product(
      BackwardStep step, Value left, long transA, Value right, long transB, float alpha) {
    return step.graph()
        .node("Gemm", left, right)
        .with("transA", transA)
        .with("transB", transB)
        .with("alpha", alpha)
        .output();
  }

  private static void matMul(BackwardStep step) {
    int left = step.rank(step.x(0));
    int right = step.rank(step.x(1));
    // A vector counts as a matrix of one row on the left, of one column on the right.
    Value gradient = step.gradient();
    if (right == 1) {
      gradient = step.op("Unsqueeze", gradient, step.list(-1));
    }
    if (left == 1) {
      gradient = step.op("Unsqueeze", gradient, step.list(-2));
    }
    if (step.wants(0)) {
      Value other = right == 1 ? step.op("Unsqueeze", step.x(1), step.list(0)) : swapped(step, 1);
      step.give(0, fit(step, step.op("MatMul", gradient, other), 0, 1));
    }
    if (step.wants(1)) {
      Value other = left == 1 ? step.op("Unsqueeze", step.x(0), step.list(1)) : swapped(step, 0);
      step.give(1, fit(step, step.op("MatMul", other, gradient), 1, 0));
    }
  }

  /** Returns an input with its last two axes exchanged. */
  private static Value swapped(BackwardStep step, int index) {
    int rank = step.rank(step.x(index));
    Optional<ConstantTensor> matrix =
        step.constant(index).filter(c -> rank == 2 && c.type() == ElementType.FLOAT);
    if (matrix.isPresent()) {
      return step.graph().constant(step.x(index).name() + "_transposed", transposed(matrix.get()));
    }
    long[] order = LongStream.range(0, rank).toArray();
    order[rank - 1] = rank - 2;
    order[rank - 2] = rank - 1;
    return step.graph().node("Transpose", step.x(index)).with("perm", order).output();
  }

  private static ConstantTensor transposed(ConstantTensor matrix) {
    int rows = (int) matrix.shape().axis(0).size();
    int columns = (int) matrix.shape().axis(1).size();
    float[] source = matrix.toFloats();
    float[] result = new float[source.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = source[row * columns + column];
      }
    }
    return ConstantTensor.floats(result, columns, rows);
  }

  /** Brings a matrix gradient back to the shape of an input whose leading axes were broadcast. */
  private static Value fit(BackwardStep step, Value gradient, int index, int otherIndex) {
    Value input = step.x(index);
    Shape own = step.shape(input).orElseThrow();
    Shape other = step.shape(step.x(otherIndex)).orElseThrow();
    Value result = gradient;
    if (own.rank() == 1) {
      result = step.op("Squeeze", gradient, step.list(index == 0 ? -2 : -1));
    }
    if (other.rank() <= 2) {
      return result;
    }
    List<Dimension> from = new ArrayList<>();
    if (own.rank() == 1) {
      from.addAll(other.dimensions().subList(0, other.rank() - 2));
      from.add(own.axis(0));
    } else {
      Optional<Shape> product = step.shape(step.y());
      if (product.isEmpty()) {
        return step.sumTo(result, Optional.empty(), input);
      }
      from.addAll(product.get().dimensions().subList(0, product.get().rank() - 2));
      from.add(own.axis(-2));
      from.add(own.axis(-1));
    }
    return step.sumTo(result, Optional.of(new Shape(from)), input);
  }
}
