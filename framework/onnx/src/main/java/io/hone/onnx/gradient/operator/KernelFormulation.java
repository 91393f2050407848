package io.hone.onnx.gradient.operator;

import io.hone.onnx.graph.Value;

/** A way to write the gradient of a convolution to its kernel. */
interface KernelFormulation {
  /** Returns whether it holds for this convolution, and is worth considering. */
  boolean fits(KernelSlopes slopes);

  /** Writes the gradient, shaped as the kernel. */
  Value write(KernelSlopes slopes);
}
