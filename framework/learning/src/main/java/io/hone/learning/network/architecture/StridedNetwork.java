package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.Layer;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.Dense;
import io.hone.network.Layer.Flatten;
import io.hone.network.Padding;
import java.util.List;

/**
 * The small network that Wong et al. 2020 (Fast is better than free) train on digits: two 4x4
 * convolutions with stride 2 in place of pools, and a dense part. It is quick to attack. A wider
 * form has a multiple of its filters and units.
 */
public final class StridedNetwork implements Chain {
  private final int width;

  /**
   * Creates the architecture.
   *
   * @param width how many times as many filters and units as in the paper
   */
  public StridedNetwork(int width) {
    this.width = width;
  }

  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    return List.of(
        convolution(16 * width),
        convolution(32 * width),
        new Flatten(),
        new Dense(100 * width, Activation.RELU),
        new Dense(classes, Activation.NONE));
  }

  private static Layer convolution(int filters) {
    return new Convolution(filters, 4, 2, Padding.SAME, Activation.RELU);
  }
}
