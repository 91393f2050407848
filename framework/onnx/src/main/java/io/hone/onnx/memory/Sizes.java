package io.hone.onnx.memory;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import java.util.OptionalLong;

/** Bytes of tensors; what does not fit into a long counts as the largest one. */
final class Sizes {
  private Sizes() {}

  /** Returns the bytes of a tensor, if its sizes are known. */
  static OptionalLong bytes(Shape shape, ElementType type) {
    long bytes = width(type);
    for (Dimension dimension : shape.dimensions()) {
      if (!dimension.isFixed()) {
        return OptionalLong.empty();
      }
      bytes = product(bytes, dimension.size());
    }
    return OptionalLong.of(bytes);
  }

  private static int width(ElementType type) {
    return switch (type) {
      case BOOL, INT8, UINT8 -> 1;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case DOUBLE, INT64, UINT64 -> 8;
      case FLOAT, INT32, UINT32, STRING, UNDEFINED, OTHER -> 4;
    };
  }

  static long sum(long left, long right) {
    long sum = left + right;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  static long product(long left, long right) {
    try {
      return Math.multiplyExact(left, right);
    } catch (ArithmeticException tooLarge) {
      return Long.MAX_VALUE;
    }
  }
}
