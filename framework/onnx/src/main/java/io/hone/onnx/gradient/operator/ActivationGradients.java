package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Value;
import java.util.List;

/**
 * Gradients of activations. Where the output tells all that is needed the input is not read, so
 * that a runtime can still fuse the activation with what stands before it.
 */
final class ActivationGradients {
  private ActivationGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("Clip", ActivationGradients::clip),
        OperatorGradient.of("Elu", ActivationGradients::elu),
        OperatorGradient.of("LeakyRelu", ActivationGradients::leakyRelu),
        OperatorGradient.of("LogSoftmax", ActivationGradients::logSoftmax),
        OperatorGradient.of("PRelu", ActivationGradients::parametricRelu),
        OperatorGradient.of("Relu", ActivationGradients::relu),
        OperatorGradient.of("Sigmoid", ActivationGradients::sigmoid),
        OperatorGradient.of("Softmax", ActivationGradients::softmax),
        OperatorGradient.of("Tanh", ActivationGradients::tanh));
  }

  private static void relu(BackwardStep step) {
    step.give(0, step.where(positive(step, step.y()), step.gradient()));
  }

  private static Value positive(BackwardStep step, Value value) {
    return step.op("Greater", value, step.scalar(0));
  }

  private static void leakyRelu(BackwardStep step) {
    float slope = step.node().number("alpha", 0.01f);
    // The output has the sign of the input unless the slope turns it.
    Value side = slope >= 0 ? step.y() : step.x(0);
    Value steep = step.mul(step.gradient(), step.scalar(slope));
    step.give(0, step.op("Where", positive(step, side), step.gradient(), steep));
  }

  private static void parametricRelu(BackwardStep step) {
    Value right = positive(step, step.x(0));
    if (step.wants(0)) {
      Value steep = step.mul(step.gradient(), step.x(1));
      step.give(0, step.op("Where", right, step.gradient(), steep));
    }
    if (step.wants(1)) {
      Value part = step.mul(step.gradient(), step.x(0));
      step.giveReduced(1, step.op("Where", right, step.scalar(0), part));
    }
  }

  private static void elu(BackwardStep step) {
    Value slope = step.op("Add", step.y(), step.scalar(step.node().number("alpha", 1)));
    Value bent = step.mul(step.gradient(), slope);
    step.give(0, step.op("Where", positive(step, step.x(0)), step.gradient(), bent));
  }

  private static void sigmoid(BackwardStep step) {
    Value rest = step.op("Sub", step.scalar(1), step.y());
    step.give(0, step.mul(step.gradient(), step.mul(step.y(), rest)));
  }

  private static void tanh(BackwardStep step) {
    Value slope = step.op("Sub", step.scalar(1), step.mul(step.y(), step.y()));
    step.give(0, step.mul(step.gradient(), slope));
  }

  private static void softmax(BackwardStep step) {
    Value inner = sumAlongAxis(step, step.mul(step.gradient(), step.y()));
    step.give(0, step.mul(step.y(), step.op("Sub", step.gradient(), inner)));
  }

  private static void logSoftmax(BackwardStep step) {
    Value share = step.mul(step.op("Exp", step.y()), sumAlongAxis(step, step.gradient()));
    step.give(0, step.op("Sub", step.gradient(), share));
  }

  private static Value sumAlongAxis(BackwardStep step, Value value) {
    return step.sumAlong(value, step.node().integer("axis", -1), step.y());
  }

  /** At a bound itself the gradient passes: an image may lie on it, and can still move inward. */
  private static void clip(BackwardStep step) {
    step.coverOnly(0);
    step.give(0, step.where(step.op("Equal", step.x(0), step.y()), step.gradient()));
  }
}
