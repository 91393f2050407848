package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * The network that Madry et al. (2018) train on attacked digits: 5x5 convolutions of 32 and 64
 * filters, each pooled, a dense layer of 1024 units and one of the classes, without normalisation.
 *
 * <p>It has 3.27 million weights for images of 28 x 28, which are 13 MB in a file.
 */
@Named(
    id = "madry",
    summary = "Two pooled 5x5 convolutions and 1024 units, 3.27 million weights for digits.",
    references = "Madry et al. 2018")
@Extension
public final class MadryNetwork implements Architecture<MadryNetwork.Params> {
  /** The network has no parameters. */
  public record Params() {}

  @Override
  public Task task() {
    return Task.CLASSIFIER;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    return image.through(
        List.of(
            convolution(32),
            new Layer.MaxPooling(2),
            convolution(64),
            new Layer.MaxPooling(2),
            new Layer.Flatten(),
            new Layer.Dense(1024, Activation.RELU),
            new Layer.Dense(classes, Activation.NONE)));
  }

  private static Layer convolution(int filters) {
    return new Layer.Convolution(filters, 5, 1, Padding.SAME, Activation.RELU);
  }
}
