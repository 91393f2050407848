package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Layer.BatchNormalization;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.Dense;
import io.hone.network.Layer.Dropout;
import io.hone.network.Layer.Flatten;
import io.hone.network.Layer.MaxPooling;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * AlexNet (Krizhevsky et al. 2012) for images of 32 x 32: five convolutions, pooled after the
 * first, second and fifth, and a dense part with dropout.
 *
 * <p>Windows are 3x3 and pools do not overlap, because there are 50 times fewer pixels. Batch
 * normalization stands in for local response normalization: on the image, where it makes every
 * channel's mean 0 and variance 1, and behind each pool, where it costs a quarter.
 */
@Named(
    id = "alexnet",
    summary = "AlexNet for images of 32x32, with batch normalisation and dropout.",
    references = "Krizhevsky et al. 2012")
@Extension
public final class AlexNet implements Architecture<AlexNet.Params> {
  private static final float EPSILON = 1e-3f;
  private static final double DROPOUT = 0.2;

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
            new Dense(classes, Activation.NONE)));
  }

  private static Layer convolution(int filters) {
    return new Convolution(filters, 3, 1, Padding.SAME, Activation.RELU);
  }
}
