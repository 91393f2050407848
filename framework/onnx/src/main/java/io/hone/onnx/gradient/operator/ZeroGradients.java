package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.OperatorGradient;
import java.util.List;
import java.util.stream.Stream;

/** Operators whose output does not change with small changes of their input. */
final class ZeroGradients {
  private ZeroGradients() {}

  static List<OperatorGradient> all() {
    return Stream.of(
            "And",
            "ArgMax",
            "ArgMin",
            "Bernoulli",
            "BitShift",
            "BitwiseAnd",
            "BitwiseNot",
            "BitwiseOr",
            "BitwiseXor",
            "Ceil",
            "Constant",
            "ConstantOfShape",
            "Equal",
            "EyeLike",
            "Floor",
            "Greater",
            "GreaterOrEqual",
            "Hardmax",
            "IsInf",
            "IsNaN",
            "Less",
            "LessOrEqual",
            "Multinomial",
            "NonMaxSuppression",
            "NonZero",
            "Not",
            "OneHot",
            "Or",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Range",
            "Round",
            "Shape",
            "Sign",
            "Size",
            "Xor")
        .map(OperatorGradient::zero)
        .toList();
  }
}
