package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Value;
import java.util.Optional;

/**
 * The gradient of powers. Where the slope is infinite or has no value (a root at 0; to the exponent
 * where the base is not positive) it counts as 0.
 */
final class PowerGradient {
  private PowerGradient() {}

  static void differentiate(BackwardStep step) {
    if (step.wants(0)) {
      step.giveReduced(0, step.chain(slope(step)));
    }
    if (step.wants(1)) {
      Value logarithm = step.isConstant(0) ? step.op("Log", step.x(0)) : step.rowwise("Log", 0);
      Value slope = step.mul(step.y(), logarithm);
      step.giveReduced(1, step.chain(step.wherePositive(step.x(0), slope)));
    }
  }

  private static Value slope(BackwardStep step) {
    Optional<Double> exponent = onlyExponent(step);
    return exponent.isPresent() ? slope(step, exponent.get()) : drawnSlope(step);
  }

  /** Returns the exponent if it is one constant number. */
  private static Optional<Double> onlyExponent(BackwardStep step) {
    Optional<ConstantTensor> constant =
        step.constant(1).filter(tensor -> tensor.shape().elements() == 1);
    return constant.flatMap(
        tensor ->
            switch (tensor.type()) {
              case FLOAT, DOUBLE -> Optional.of((double) tensor.toFloats()[0]);
              case INT32, INT64 -> Optional.of((double) tensor.toLongs()[0]);
              default -> Optional.empty();
            });
  }

  private static Value slope(BackwardStep step, double exponent) {
    Value x = step.x(0);
    if (exponent == 0) {
      return step.scalar(0);
    }
    if (exponent == 1) {
      return step.scalar(1);
    }
    if (exponent == 2) {
      return step.mul(x, step.scalar(2));
    }
    if (exponent == 0.5) {
      return step.wherePositive(step.y(), step.op("Div", step.scalar(0.5), step.y()));
    }
    Value rest = step.op("Pow", x, step.scalar(exponent - 1));
    Value slope = step.mul(rest, step.scalar(exponent));
    return exponent > 0 && exponent < 1 ? step.wherePositive(x, slope) : slope;
  }

  private static Value drawnSlope(BackwardStep step) {
    Value exponent =
        step.graph().node("Cast", step.x(1)).with("to", ElementType.FLOAT.code()).output();
    Value rest = step.op("Pow", step.x(0), step.op("Sub", exponent, step.scalar(1)));
    Value zero = step.op("Equal", step.x(0), step.scalar(0));
    Value root = step.op("Less", exponent, step.scalar(1));
    return step.op("Where", step.op("And", zero, root), step.scalar(0), step.mul(exponent, rest));
  }
}
