package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Value;
import java.util.List;

/**
 * Gradients of activations. Where the output tells all that is needed the input is not read, so
 * that a runtime can still fuse the activation with what is before it.
 */
final class ActivationGradients {
  private ActivationGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("Celu", ActivationGradients::celu),
        OperatorGradient.of("Clip", ActivationGradients::clip),
        OperatorGradient.of("Elu", ActivationGradients::elu),
        OperatorGradient.of("Erf", ActivationGradients::errorFunction),
        OperatorGradient.of("HardSigmoid", ActivationGradients::hardSigmoid),
        OperatorGradient.of("HardSwish", ActivationGradients::hardSwish),
        OperatorGradient.of("LeakyRelu", ActivationGradients::leakyRelu),
        OperatorGradient.of("LogSoftmax", ActivationGradients::logSoftmax),
        OperatorGradient.of("Mish", ActivationGradients::mish),
        OperatorGradient.of("PRelu", ActivationGradients::parametricRelu),
        OperatorGradient.of("Relu", ActivationGradients::relu),
        OperatorGradient.of("Selu", ActivationGradients::selu),
        OperatorGradient.of("Shrink", ActivationGradients::shrink),
        OperatorGradient.of("Sigmoid", ActivationGradients::sigmoid),
        OperatorGradient.of("Softmax", ActivationGradients::softmax),
        OperatorGradient.of("Softplus", ActivationGradients::softplus),
        OperatorGradient.of("Softsign", ActivationGradients::softsign),
        OperatorGradient.of("Tanh", ActivationGradients::tanh),
        OperatorGradient.of("ThresholdedRelu", ActivationGradients::thresholdedRelu));
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

  /** {@code max(0, x) + min(0, alpha * (exp(x / alpha) - 1))}. */
  private static void celu(BackwardStep step) {
    float alpha = step.node().number("alpha", 1);
    Value slope = step.op("Add", step.mul(step.y(), step.scalar(1 / alpha)), step.scalar(1));
    Value bent = step.mul(step.gradient(), slope);
    step.give(0, step.op("Where", positive(step, step.x(0)), step.gradient(), bent));
  }

  /** {@code gamma * x} above 0, {@code gamma * alpha * (exp(x) - 1)} below. */
  private static void selu(BackwardStep step) {
    double alpha = step.node().number("alpha", 1.67326319217681884765625f);
    double gamma = step.node().number("gamma", 1.05070102214813232421875f);
    Value bent = step.op("Add", step.y(), step.scalar(alpha * gamma));
    Value slope = step.op("Where", positive(step, step.x(0)), step.scalar(gamma), bent);
    step.give(0, step.mul(step.gradient(), slope));
  }

  private static void errorFunction(BackwardStep step) {
    Value bell = step.op("Exp", step.op("Neg", step.mul(step.x(0), step.x(0))));
    Value slope = step.mul(bell, step.scalar(2 / Math.sqrt(Math.PI)));
    step.give(0, step.mul(step.gradient(), slope));
  }

  private static void hardSigmoid(BackwardStep step) {
    Value above = step.op("Greater", step.y(), step.scalar(0));
    Value below = step.op("Less", step.y(), step.scalar(1));
    Value steep = step.mul(step.gradient(), step.scalar(step.node().number("alpha", 0.2f)));
    step.give(0, step.where(step.op("And", above, below), steep));
  }

  /** {@code x * max(0, min(1, x / 6 + 1 / 2))}. */
  private static void hardSwish(BackwardStep step) {
    Value x = step.x(0);
    Value bent = step.op("Add", step.mul(x, step.scalar(1 / 3.0)), step.scalar(0.5));
    Value between = step.op("Less", step.op("Abs", x), step.scalar(3));
    Value slope = step.op("Where", between, bent, step.number(positive(step, x)));
    step.give(0, step.mul(step.gradient(), slope));
  }

  /**
   * {@code x * t} with {@code t = tanh(log(1 + exp(x))) = 1 - u}, {@code u = 2 / (n * (n + 2) +
   * 2)}, {@code n = exp(x)}: without a logarithm, whose rounding depends on the place in memory.
   */
  private static void mish(BackwardStep step) {
    Value x = step.x(0);
    Value n = step.op("Exp", x);
    Value square = step.mul(n, step.op("Add", n, step.scalar(2)));
    Value u = step.op("Div", step.scalar(2), step.op("Add", square, step.scalar(2)));
    // The slope of t is (1 - t * t) * sigmoid(x), and 1 - t * t = u * (2 - u).
    Value bend = step.mul(step.mul(u, step.op("Sub", step.scalar(2), u)), step.op("Sigmoid", x));
    Value slope = step.op("Add", step.op("Sub", step.scalar(1), u), step.mul(x, bend));
    step.give(0, step.mul(step.gradient(), slope));
  }

  private static void softplus(BackwardStep step) {
    step.give(0, step.mul(step.gradient(), step.op("Sigmoid", step.x(0))));
  }

  private static void softsign(BackwardStep step) {
    Value root = step.op("Add", step.op("Abs", step.x(0)), step.scalar(1));
    step.give(0, step.op("Div", step.gradient(), step.mul(root, root)));
  }

  private static void shrink(BackwardStep step) {
    Value limit = step.scalar(step.node().number("lambd", 0.5f));
    Value far = step.op("Greater", step.op("Abs", step.x(0)), limit);
    step.give(0, step.where(far, step.gradient()));
  }

  private static void thresholdedRelu(BackwardStep step) {
    Value threshold = step.scalar(step.node().number("alpha", 1));
    step.give(0, step.where(step.op("Greater", step.x(0), threshold), step.gradient()));
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

  /**
   * At a bound itself the gradient passes: an image may be on it, and can still move inward. What
   * was cut off moves with its bound.
   */
  private static void clip(BackwardStep step) {
    step.give(0, step.where(step.op("Equal", step.x(0), step.y()), step.gradient()));
    if (step.wants(1)) {
      step.giveReduced(1, step.where(step.op("Less", step.x(0), step.y()), step.gradient()));
    }
    if (step.wants(2)) {
      step.giveReduced(2, step.where(step.op("Greater", step.x(0), step.y()), step.gradient()));
    }
  }
}
