package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Value;
import java.util.List;

/** Gradients of arithmetic, with broadcasting in every direction. */
final class ArithmeticGradients {
  private ArithmeticGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of(
            "Abs", step -> step.give(0, step.mul(step.gradient(), step.op("Sign", step.x(0))))),
        OperatorGradient.of("Add", ArithmeticGradients::sum),
        OperatorGradient.of("Div", ArithmeticGradients::quotient),
        OperatorGradient.of("Exp", step -> step.give(0, step.mul(step.gradient(), step.y()))),
        OperatorGradient.of(
            "Log", step -> step.give(0, step.op("Div", step.gradient(), step.x(0)))),
        OperatorGradient.of("Max", ArithmeticGradients::extremum),
        OperatorGradient.of("Min", ArithmeticGradients::extremum),
        OperatorGradient.of("Mul", ArithmeticGradients::product),
        OperatorGradient.of("Neg", step -> step.give(0, step.op("Neg", step.gradient()))),
        OperatorGradient.of("Reciprocal", ArithmeticGradients::reciprocal),
        OperatorGradient.of("Sqrt", ArithmeticGradients::squareRoot),
        OperatorGradient.of("Sub", ArithmeticGradients::difference),
        OperatorGradient.of("Sum", ArithmeticGradients::sum));
  }

  private static void sum(BackwardStep step) {
    for (int i = 0; i < step.node().inputs().size(); i++) {
      step.giveReduced(i, step.gradient());
    }
  }

  private static void difference(BackwardStep step) {
    step.giveReduced(0, step.gradient());
    if (step.wants(1)) {
      step.giveReduced(1, step.op("Neg", step.gradient()));
    }
  }

  private static void product(BackwardStep step) {
    if (step.wants(0)) {
      step.giveReduced(0, step.mul(step.gradient(), step.x(1)));
    }
    if (step.wants(1)) {
      step.giveReduced(1, step.mul(step.gradient(), step.x(0)));
    }
  }

  private static void quotient(BackwardStep step) {
    Value part = step.op("Div", step.gradient(), step.x(1));
    step.giveReduced(0, part);
    if (step.wants(1)) {
      step.giveReduced(1, step.op("Neg", step.mul(part, step.y())));
    }
  }

  private static void reciprocal(BackwardStep step) {
    Value square = step.mul(step.y(), step.y());
    step.give(0, step.op("Neg", step.mul(step.gradient(), square)));
  }

  private static void squareRoot(BackwardStep step) {
    Value half = step.mul(step.gradient(), step.scalar(0.5));
    step.give(0, step.op("Div", half, step.y()));
  }

  /** The first of several equal inputs receives the whole gradient. */
  private static void extremum(BackwardStep step) {
    Value left = step.gradient();
    int count = step.node().inputs().size();
    for (int i = 0; i < count; i++) {
      Value chosen = step.op("Equal", step.x(i), step.y());
      step.giveReduced(i, step.where(chosen, left));
      if (i + 1 < count) {
        left = step.op("Where", chosen, step.scalar(0), left);
      }
    }
  }
}
