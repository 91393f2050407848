package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.gradient.rule.OperatorGradient;
import java.util.List;
import java.util.stream.Stream;

/** All operators that the library can differentiate. */
public final class StandardGradients {
  private static final GradientRegistry REGISTRY =
      GradientRegistry.of(
          Stream.of(
                  ActivationGradients.all(),
                  ArithmeticGradients.all(),
                  ConvolutionGradients.all(),
                  NormalizationGradients.all(),
                  PoolingGradients.all(),
                  ProductGradients.all(),
                  QuantizationGradients.all(),
                  RearrangingGradients.all(),
                  ReductionGradients.all(),
                  ResamplingGradients.all(),
                  SelectionGradients.all(),
                  TrigonometricGradients.all(),
                  ZeroGradients.all())
              .flatMap(List<OperatorGradient>::stream)
              .toList());

  private StandardGradients() {}

  /** Returns the registry. */
  public static GradientRegistry registry() {
    return REGISTRY;
  }
}
