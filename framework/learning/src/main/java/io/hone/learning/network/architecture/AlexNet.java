package io.hone.learning.network.architecture;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Chain;
import io.hone.network.Layer;
import io.hone.network.Layer.BatchNormalization;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.Dense;
import io.hone.network.Layer.Dropout;
import io.hone.network.Layer.Flatten;
import io.hone.network.Layer.MaxPooling;
import io.hone.network.Padding;
import java.util.List;

/**
 * AlexNet (Krizhevsky et al. 2012) for images of 32 x 32: five convolutions, pooled after the
 * first, second and fifth, and a dense part with dropout.
 *
 * <p>Windows are 3x3 and pools do not overlap, because there are 50 times fewer pixels. Batch
 * normalization stands in for local response normalization: on the image, where it makes every
 * channel's mean 0 and variance 1, and behind each pool, where it costs a quarter.
 */
public final class AlexNet implements Chain {
  private static final float EPSILON = 1e-3f;
  private static final double DROPOUT = 0.2;

  @Override
  public List<Layer> layers(ImageShape input, int classes) {
    return List.of(
        new BatchNormalization(EPSILON),
        convolution(32),
        new MaxPooling(2),
        new BatchNormalization(EPSILON),
        convolution(48),
        new MaxPooling(2),
        new BatchNormalization(EPSILON),
        convolution(64),
        convolution(64),
        convolution(64),
        new MaxPooling(2),
        new BatchNormalization(EPSILON),
        new Flatten(),
        new Dropout(DROPOUT),
        new Dense(256, Activation.RELU),
        new Dropout(DROPOUT),
        new Dense(classes, Activation.NONE));
  }

  private static Layer convolution(int filters) {
    return new Convolution(filters, 3, 1, Padding.SAME, Activation.RELU);
  }
}
