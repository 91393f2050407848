package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.Layer;
import io.hone.network.Padding;
import java.util.List;

/**
 * The network that Madry et al. (2018) train on attacked digits: 5x5 convolutions of 32 and 64
 * filters, each pooled, a dense layer of 1024 units and one of the classes, without normalisation.
 *
 * <p>It has 3.27 million weights for images of 28 x 28, which are 13 MB in a file.
 */
public final class MadryNetwork implements Chain {
  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    return List.of(
        convolution(32),
        new Layer.MaxPooling(2),
        convolution(64),
        new Layer.MaxPooling(2),
        new Layer.Flatten(),
        new Layer.Dense(1024, Activation.RELU),
        new Layer.Dense(classes, Activation.NONE));
  }

  private static Layer convolution(int filters) {
    return new Layer.Convolution(filters, 5, 1, Padding.SAME, Activation.RELU);
  }
}
