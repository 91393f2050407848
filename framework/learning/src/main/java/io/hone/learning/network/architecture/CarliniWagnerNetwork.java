package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * The digit classifier that Carlini and Wagner (2017, Table 1) attack: two pairs of 3x3
 * convolutions, each pooled, and two dense layers of 200 units.
 *
 * <p>It has 312,202 weights for images of 28 x 28. Dropout is behind both dense layers.
 */
@Named(
    id = "carlini-wagner",
    summary = "Four 3x3 convolutions and two dense layers of 200 units, for digits.",
    references = "Carlini and Wagner 2017, Table 1")
@Extension
public final class CarliniWagnerNetwork implements Architecture<CarliniWagnerNetwork.Params> {
  private static final int UNITS = 200;

  /** How much is left out in a training. */
  public record Params(
      @Param(
              value = "Share of the dense units that a training step leaves out.",
              def = "0.5",
              min = 0,
              max = 0.95)
          double dropout) {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    return image.through(
        List.of(
            convolution(32),
            convolution(32),
            new Layer.MaxPooling(2),
            convolution(64),
            convolution(64),
            new Layer.MaxPooling(2),
            new Layer.Flatten(),
            new Layer.Dense(UNITS, Activation.RELU),
            new Layer.Dropout(parameters.dropout()),
            new Layer.Dense(UNITS, Activation.RELU),
            new Layer.Dropout(parameters.dropout()),
            new Layer.Dense(classes, Activation.NONE)));
  }

  private static Layer convolution(int filters) {
    return new Layer.Convolution(filters, 3, 1, Padding.VALID, Activation.RELU);
  }
}
