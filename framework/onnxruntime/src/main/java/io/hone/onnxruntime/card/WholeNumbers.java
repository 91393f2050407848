package io.hone.onnxruntime.card;

import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.graph.ElementType;

/** The values that ONNX's integers hold. */
final class WholeNumbers {
  private WholeNumbers() {}

  /**
   * Returns the smallest and the largest value of a type of integers.
   *
   * @throws IllegalArgumentException for another type
   */
  static Range range(ElementType type) {
    return switch (type) {
      case UINT8 -> new Range(0, 255);
      case INT8 -> new Range(-128, 127);
      case UINT16 -> new Range(0, 65_535);
      case INT16 -> new Range(-32_768, 32_767);
      case UINT32, UINT64 -> new Range(0, Float.MAX_VALUE);
      case INT32, INT64 -> new Range(-Float.MAX_VALUE, Float.MAX_VALUE);
      default -> throw new IllegalArgumentException(type + " is no type of integers");
    };
  }
}
