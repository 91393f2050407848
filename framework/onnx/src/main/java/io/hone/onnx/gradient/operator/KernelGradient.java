package io.hone.onnx.gradient.operator;

import io.hone.onnx.graph.Value;
import java.util.Optional;

/** Gradient of a convolution to its kernel, in the form that suits the shapes. */
final class KernelGradient {
  /** The form to write; empty to choose by shape. */
  private final Optional<KernelForm> wanted;

  KernelGradient(Optional<KernelForm> wanted) {
    this.wanted = wanted;
  }

  /** Returns the gradient, shaped as the kernel. */
  Value of(KernelSlopes slopes) {
    KernelForm form = wanted.orElseGet(() -> KernelForm.fastest(slopes));
    if (!form.formulation().fits(slopes)) {
      throw slopes.step().refuse("its kernel's gradient cannot be written as " + form);
    }
    return form.formulation().write(slopes);
  }
}
