package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.Layer;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.MaxPooling;
import io.hone.network.Layer.UpSampling;
import io.hone.network.Padding;
import java.util.List;

/**
 * The generator of Nguyen et al. (AE4DNN), section IV.A: convolutions of 32 filters before two
 * halvings and two doublings, and one that draws the image with sigmoid.
 *
 * <p>Takes images of any number of channels whose height and width are multiples of 4.
 */
public final class TransformationAutoencoder implements Chain {
  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    return List.of(
        convolution(),
        new MaxPooling(2),
        convolution(),
        new MaxPooling(2),
        convolution(),
        new UpSampling(2),
        convolution(),
        new UpSampling(2),
        new Convolution(input.channels(), 3, 1, Padding.SAME, Activation.SIGMOID));
  }

  private static Layer convolution() {
    return new Convolution(32, 3, 1, Padding.SAME, Activation.RELU);
  }
}
