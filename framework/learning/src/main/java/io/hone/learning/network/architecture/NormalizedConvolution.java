package io.hone.learning.network.architecture;

import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.KernelStart;
import io.hone.network.Layer;
import io.hone.network.Padding;
import java.util.List;

/** A 3x3 convolution, batch normalization and ReLU; the normalization's shift replaces a bias. */
final class NormalizedConvolution {
  private static final float EPSILON = 1e-5f;

  private NormalizedConvolution() {}

  static List<Layer> of(int filters) {
    return List.of(
        new Layer.Convolution(filters, 3, 1, Padding.SAME, Activation.NONE)
            .withoutBias()
            .startingWith(KernelStart.HE_UNIFORM),
        new Layer.BatchNormalization(EPSILON),
        new Activated(Activation.RELU));
  }
}
