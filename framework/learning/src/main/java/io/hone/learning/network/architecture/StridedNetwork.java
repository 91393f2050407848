package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.Dense;
import io.hone.network.Layer.Flatten;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * The small network that Wong et al. 2020 (Fast is better than free) train on digits: two 4x4
 * convolutions with stride 2 in place of pools, and a dense part. It is quick to attack. A wider
 * form has a multiple of its filters and units.
 */
@Named(
    id = "strided",
    summary = "Two convolutions with stride 2 and a dense layer, quick to attack.",
    references = "Wong et al. 2020 (Fast is better than free)",
    example = "{width: 2}")
@Extension
public final class StridedNetwork implements Architecture<StridedNetwork.Params> {
  /** How wide the network is. */
  public record Params(
      @Param(
              value = "How many times as many filters and units as in the paper.",
              def = "1",
              min = 1,
              max = 64)
          int width) {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    int width = parameters.width();
    return image.through(
        List.of(
            convolution(16 * width),
            convolution(32 * width),
            new Flatten(),
            new Dense(100 * width, Activation.RELU),
            new Dense(classes, Activation.NONE)));
  }

  private static Layer convolution(int filters) {
    return new Convolution(filters, 4, 2, Padding.SAME, Activation.RELU);
  }
}
