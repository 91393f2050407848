package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.OperatorGradient;
import java.util.List;

/** Gradients of what changes an image's size by reading it at other places. */
final class ResamplingGradients {
  private ResamplingGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("GridSample", GridSampleGradient::differentiate),
        OperatorGradient.of("Resize", ResizeGradient::differentiate));
  }
}
