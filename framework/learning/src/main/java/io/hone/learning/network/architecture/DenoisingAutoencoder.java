package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.Layer;
import io.hone.network.Layer.BatchNormalization;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.UpSampling;
import io.hone.network.Padding;
import java.util.List;

/**
 * A small autoencoder for recovery, after Lim (How to create adversarial examples and mitigate
 * adversarial effects), section 4: the second convolution strides by 2 to the latent image, one
 * doubling leads back, a 1x1 convolution with sigmoid draws the image.
 *
 * <p>The paper leaves the number of filters open; 32 are enough for digits.
 */
public final class DenoisingAutoencoder implements Chain {
  private static final float EPSILON = 1e-3f;

  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    return List.of(
        convolution(1),
        new BatchNormalization(EPSILON),
        convolution(2),
        new BatchNormalization(EPSILON),
        convolution(1),
        new BatchNormalization(EPSILON),
        new UpSampling(2),
        convolution(1),
        new Convolution(input.channels(), 1, 1, Padding.SAME, Activation.SIGMOID));
  }

  private static Layer convolution(int stride) {
    return new Convolution(32, 3, stride, Padding.SAME, Activation.RELU);
  }
}
