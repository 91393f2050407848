package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Value;
import java.util.List;

/** Gradients of normalisations. */
final class NormalizationGradients {
  private NormalizationGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("BatchNormalization", NormalizationGradients::batchNormalization));
  }

  /**
   * At inference each channel is multiplied by a factor: what a batch normalisation of the gradient
   * with mean and shift 0 does.
   */
  private static void batchNormalization(BackwardStep step) {
    step.coverOnly(0);
    if (step.node().integer("training_mode", 0) != 0) {
      throw step.refuse(
          "it is in training mode, where images of a batch depend on each other; export the model"
              + " for inference");
    }
    Value zero = step.op("Sub", step.x(1), step.x(1));
    step.give(
        0,
        step.graph()
            .node("BatchNormalization", step.gradient(), step.x(1), zero, zero, step.x(4))
            .with("epsilon", step.node().number("epsilon", 1e-5f))
            .output());
  }
}
