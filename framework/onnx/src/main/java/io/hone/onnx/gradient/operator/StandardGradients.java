package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.gradient.rule.OperatorGradient;
import java.util.List;
import java.util.Optional;
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

  /**
   * Returns the registry with another way to write the gradients of kernels, for comparisons.
   *
   * @param form written for every kernel; one that it does not hold for is refused
   */
  public static GradientRegistry with(KernelForm form) {
    return REGISTRY.with(ConvolutionGradients.withKernels(new KernelGradient(Optional.of(form))));
  }

  /** Returns the registry. */
  public static GradientRegistry registry() {
    return REGISTRY;
  }
}
