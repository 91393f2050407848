package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.stream.LongStream;

/** Gradients of normalisations, and of Dropout, which does nothing at inference. */
final class NormalizationGradients {
  private NormalizationGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("BatchNormalization", BatchNormalizationGradient::differentiate),
        OperatorGradient.of("Dropout", NormalizationGradients::dropout),
        OperatorGradient.of("LayerNormalization", NormalizationGradients::layerNormalization),
        OperatorGradient.of("LpNormalization", NormalizationGradients::lpNormalization));
  }

  private static void dropout(BackwardStep step) {
    boolean infers =
        step.x(2).isAbsent()
            || step.constant(2).map(truth -> truth.toLongs()[0] == 0).orElse(false);
    if (!infers) {
      throw step.refuse("it is in training mode; export the model for inference, or feed its mask");
    }
    step.give(0, step.gradient());
  }

  /** The statistics are outputs that the operator has anyway. */
  private static void layerNormalization(BackwardStep step) {
    Value x = step.x(0);
    Value mean = step.extraOutput(1);
    Value inverse = step.extraOutput(2);
    Value normal = step.mul(step.op("Sub", x, mean), inverse);
    if (step.wants(1)) {
      step.giveReduced(1, step.mul(step.gradient(), normal));
    }
    step.giveReduced(2, step.gradient());
    if (!step.wants(0)) {
      return;
    }
    long axis = step.node().integer("axis", -1);
    int count = axis < 0 ? (int) -axis : step.rank(x) - (int) axis;
    long[] axes = LongStream.rangeClosed(-count, -1).toArray();
    Value flow = step.mul(step.gradient(), step.x(1));
    Value along = step.mul(normal, step.meanAlong(step.mul(flow, normal), axes, x));
    Value rest = step.op("Sub", step.op("Sub", flow, step.meanAlong(flow, axes, x)), along);
    step.give(0, step.mul(rest, inverse));
  }

  /** A row of zeros stays what it is, and passes no gradient on. */
  private static void lpNormalization(BackwardStep step) {
    long axis = step.node().integer("axis", -1);
    boolean absolute = step.node().integer("p", 2) == 1;
    Value x = step.x(0);
    Value norm = step.op(absolute ? "ReduceL1" : "ReduceL2", x, step.list(axis));
    Value inner = step.sumAlong(step.mul(step.gradient(), step.y()), axis, x);
    Value direction = absolute ? step.op("Sign", x) : step.y();
    Value rest = step.op("Sub", step.gradient(), step.mul(direction, inner));
    step.give(0, step.mul(rest, step.wherePositive(norm, step.op("Reciprocal", norm))));
  }
}
