package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.Layer;
import io.hone.network.Layer.BatchNormalization;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.MaxPooling;
import io.hone.network.Layer.UpSampling;
import io.hone.network.Padding;
import java.util.List;

/**
 * The redundancy autoencoder of Nguyen et al. (Method for Improving Quality of Adversarial
 * Examples), Table 2: two convolutions before each halving and doubling, 64-64 / 32-32 / 32-32 /
 * 64-64 filters, one sigmoid per feature.
 */
public final class StackedConvolutionalAutoencoder implements Chain {
  private static final float EPSILON = 1e-3f;

  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    return List.of(
        convolution(64),
        convolution(64),
        new BatchNormalization(EPSILON),
        new MaxPooling(2),
        convolution(32),
        convolution(32),
        new BatchNormalization(EPSILON),
        new MaxPooling(2),
        convolution(32),
        convolution(32),
        new BatchNormalization(EPSILON),
        new UpSampling(2),
        convolution(64),
        convolution(64),
        new BatchNormalization(EPSILON),
        new UpSampling(2),
        new Convolution(input.channels(), 3, 1, Padding.SAME, Activation.SIGMOID));
  }

  private static Layer convolution(int filters) {
    return new Convolution(filters, 3, 1, Padding.SAME, Activation.RELU);
  }
}
