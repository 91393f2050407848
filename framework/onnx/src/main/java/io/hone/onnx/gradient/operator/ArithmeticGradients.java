package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Value;
import java.util.List;

/**
 * Gradients of arithmetic, with broadcasting in every direction.
 *
 * <p>Where a slope is infinite (Sqrt and Log at 0) it counts as 0: such a place shows no direction,
 * and 0 times infinity would spoil what other branches give.
 */
final class ArithmeticGradients {
  private ArithmeticGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of(
            "Abs", step -> step.give(0, step.mul(step.gradient(), step.op("Sign", step.x(0))))),
        OperatorGradient.of("Add", ArithmeticGradients::sum),
        OperatorGradient.of("Div", ArithmeticGradients::quotient),
        OperatorGradient.of("CumSum", ArithmeticGradients::runningSum),
        OperatorGradient.of("Exp", step -> step.give(0, step.chain(step.y()))),
        OperatorGradient.of("Log", ArithmeticGradients::logarithm),
        OperatorGradient.of("Max", ArithmeticGradients::extremum),
        OperatorGradient.of("Mean", ArithmeticGradients::mean),
        OperatorGradient.of("Min", ArithmeticGradients::extremum),
        OperatorGradient.of("Mod", ArithmeticGradients::remainder),
        OperatorGradient.of("Mul", ArithmeticGradients::product),
        OperatorGradient.of("Neg", step -> step.give(0, step.op("Neg", step.gradient()))),
        OperatorGradient.of("Pow", PowerGradient::differentiate),
        OperatorGradient.of("Reciprocal", ArithmeticGradients::reciprocal),
        OperatorGradient.of("Sqrt", ArithmeticGradients::squareRoot),
        OperatorGradient.of("Sub", ArithmeticGradients::difference),
        OperatorGradient.of("Sum", ArithmeticGradients::sum),
        OperatorGradient.of("Where", ArithmeticGradients::choice));
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

  private static void mean(BackwardStep step) {
    int count = step.node().inputs().size();
    Value share =
        count == 1 ? step.gradient() : step.mul(step.gradient(), step.scalar(1.0 / count));
    for (int i = 0; i < count; i++) {
      step.giveReduced(i, share);
    }
  }

  private static void product(BackwardStep step) {
    if (step.wants(0)) {
      step.giveReduced(0, step.chain(step.x(1)));
    }
    if (step.wants(1)) {
      step.giveReduced(1, step.chain(step.x(0)));
    }
  }

  private static void quotient(BackwardStep step) {
    Value part = step.quotient(step.gradient(), step.x(1));
    step.giveReduced(0, part);
    if (step.wants(1)) {
      step.giveReduced(1, step.op("Neg", step.product(part, step.y())));
    }
  }

  /** The remainder of a division that rounds towards 0, which is all that floats can ask for. */
  private static void remainder(BackwardStep step) {
    step.giveReduced(0, step.gradient());
    if (step.wants(1)) {
      Value times = step.op("Div", step.op("Sub", step.x(0), step.y()), step.x(1));
      step.giveReduced(1, step.op("Neg", step.chain(step.op("Round", times))));
    }
  }

  private static void reciprocal(BackwardStep step) {
    step.give(0, step.op("Neg", step.chain(step.mul(step.y(), step.y()))));
  }

  private static void squareRoot(BackwardStep step) {
    Value slope = step.op("Div", step.scalar(0.5), step.y());
    step.give(0, step.mul(step.gradient(), step.wherePositive(step.y(), slope)));
  }

  private static void logarithm(BackwardStep step) {
    Value slope = step.op("Reciprocal", step.x(0));
    step.give(0, step.mul(step.gradient(), step.wherePositive(step.x(0), slope)));
  }

  /** What an element was added to is what comes after it, so sums run the other way. */
  private static void runningSum(BackwardStep step) {
    step.coverOnly(0);
    step.give(
        0,
        step.graph()
            .node("CumSum", step.gradient(), step.x(1))
            .with("exclusive", step.node().integer("exclusive", 0))
            .with("reverse", 1 - step.node().integer("reverse", 0))
            .output());
  }

  private static void choice(BackwardStep step) {
    Value chosen = step.x(0);
    if (step.wants(1)) {
      step.giveReduced(1, step.where(chosen, step.gradient()));
    }
    if (step.wants(2)) {
      step.giveReduced(2, step.where(step.op("Not", chosen), step.gradient()));
    }
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
