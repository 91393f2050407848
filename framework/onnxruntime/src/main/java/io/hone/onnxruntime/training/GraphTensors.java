package io.hone.onnxruntime.training;

import io.hone.api.data.Tensor;
import io.hone.onnx.graph.Shape;

/** Tensors for values of a graph; a value without axes is a tensor of one row. */
final class GraphTensors {
  private GraphTensors() {}

  /** Returns the sizes of a fixed shape. */
  static int[] of(Shape shape) {
    long[] sizes = shape.sizes();
    int[] result = new int[sizes.length];
    for (int axis = 0; axis < sizes.length; axis++) {
      result[axis] = Math.toIntExact(sizes[axis]);
    }
    return result;
  }

  /** Returns a copy of all numbers, row by row. */
  static float[] content(Tensor tensor) {
    float[] content = new float[tensor.rows() * tensor.rowSize()];
    tensor.buffer().get(0, content);
    return content;
  }

  /** Sets all numbers of a tensor. */
  static void fill(Tensor tensor, float[] content, String name) {
    if (content.length != tensor.rows() * tensor.rowSize()) {
      throw new IllegalArgumentException("the state's '" + name + "' has another length");
    }
    tensor.buffer().put(0, content);
  }
}
