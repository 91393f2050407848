package io.hone.learning.export;

import java.util.Optional;

/**
 * A value of the ONNX graph, with what is still to be done to it.
 *
 * @param name in the graph
 * @param pending what the value must still be multiplied by and moved by
 */
record OnnxValue(String name, Optional<Affine> pending) {
  OnnxValue(String name) {
    this(name, Optional.empty());
  }

  /**
   * {@code scale * (value + offset)}, per channel.
   *
   * @param scale positive
   */
  record Affine(float[] scale, float[] offset) {}
}
