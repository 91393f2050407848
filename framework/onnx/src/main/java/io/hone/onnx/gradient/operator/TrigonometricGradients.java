package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Value;
import java.util.List;

/**
 * Gradients of circular and hyperbolic functions and their inverses. Where an inverse's slope is
 * infinite, at the ends of its range, it counts as 0.
 */
final class TrigonometricGradients {
  private TrigonometricGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of(
            "Acos", step -> step.give(0, step.op("Neg", step.mul(step.gradient(), arc(step))))),
        OperatorGradient.of("Acosh", TrigonometricGradients::areaCosine),
        OperatorGradient.of("Asin", step -> step.give(0, step.mul(step.gradient(), arc(step)))),
        OperatorGradient.of("Asinh", TrigonometricGradients::areaSine),
        OperatorGradient.of("Atan", TrigonometricGradients::arcTangent),
        OperatorGradient.of("Atanh", TrigonometricGradients::areaTangent),
        OperatorGradient.of(
            "Cos", step -> step.give(0, step.op("Neg", step.chain(step.rowwise("Sin", 0))))),
        OperatorGradient.of("Cosh", step -> step.give(0, step.chain(step.op("Sinh", step.x(0))))),
        OperatorGradient.of("Sin", step -> step.give(0, step.chain(step.rowwise("Cos", 0)))),
        OperatorGradient.of("Sinh", step -> step.give(0, step.chain(step.op("Cosh", step.x(0))))),
        OperatorGradient.of("Tan", TrigonometricGradients::tangent));
  }

  private static Value square(BackwardStep step, Value value) {
    return step.mul(value, value);
  }

  private static Value plusOne(BackwardStep step, Value value) {
    return step.op("Add", value, step.scalar(1));
  }

  /** {@code 1 - x * x} in the form that keeps its digits near 1. */
  private static Value missingToOne(BackwardStep step) {
    Value below = step.op("Sub", step.scalar(1), step.x(0));
    return step.mul(below, plusOne(step, step.x(0)));
  }

  private static Value arc(BackwardStep step) {
    Value rest = missingToOne(step);
    return step.wherePositive(rest, step.op("Reciprocal", step.op("Sqrt", rest)));
  }

  private static void arcTangent(BackwardStep step) {
    Value slope = step.op("Reciprocal", plusOne(step, square(step, step.x(0))));
    step.give(0, step.mul(step.gradient(), slope));
  }

  private static void tangent(BackwardStep step) {
    step.give(0, step.chain(plusOne(step, square(step, step.y()))));
  }

  private static void areaSine(BackwardStep step) {
    Value root = step.op("Sqrt", plusOne(step, square(step, step.x(0))));
    step.give(0, step.op("Div", step.gradient(), root));
  }

  private static void areaCosine(BackwardStep step) {
    Value above = step.op("Sub", step.x(0), step.scalar(1));
    Value slope = step.op("Reciprocal", step.op("Sqrt", step.mul(above, plusOne(step, step.x(0)))));
    step.give(0, step.mul(step.gradient(), step.wherePositive(above, slope)));
  }

  private static void areaTangent(BackwardStep step) {
    Value rest = missingToOne(step);
    Value slope = step.wherePositive(rest, step.op("Reciprocal", rest));
    step.give(0, step.mul(step.gradient(), slope));
  }
}
