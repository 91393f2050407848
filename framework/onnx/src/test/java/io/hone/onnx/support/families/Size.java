package io.hone.onnx.support.families;

import io.hone.onnx.graph.Value;

/** The size of an axis, as a Reshape is told it. */
sealed interface Size {
  /** A size written into the graph; -1 is inferred. */
  record Written(long size) implements Size {}

  /**
   * A size that the graph computes.
   *
   * @param value an integer of rank 0
   */
  record Computed(Value value) implements Size {}

  static Size of(long size) {
    return new Written(size);
  }
}
