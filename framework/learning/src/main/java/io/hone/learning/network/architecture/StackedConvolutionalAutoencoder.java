package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Layer.BatchNormalization;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.MaxPooling;
import io.hone.network.Layer.UpSampling;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * The redundancy autoencoder of Nguyen et al. (Method for Improving Quality of Adversarial
 * Examples), Table 2: two convolutions before each halving and doubling, 64-64 / 32-32 / 32-32 /
 * 64-64 filters, one sigmoid per feature.
 */
@Named(
    id = "stacked-conv",
    summary = "The redundancy autoencoder: two convolutions before each halving and doubling.",
    references = "Nguyen et al., Method for Improving Quality of Adversarial Examples: Table 2")
@Extension
public final class StackedConvolutionalAutoencoder
    implements Architecture<StackedConvolutionalAutoencoder.Params> {
  private static final float EPSILON = 1e-3f;

  /** The network has no parameters. */
  public record Params() {}

  @Override
  public Task task() {
    return Task.IMAGE_TO_IMAGE;
  }

  @Override
  public Value build(Params parameters, Value image, int classes) {
    return image.through(
        List.of(
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
            new Convolution(image.shape().channels(), 3, 1, Padding.SAME, Activation.SIGMOID)));
  }

  private static Layer convolution(int filters) {
    return new Convolution(filters, 3, 1, Padding.SAME, Activation.RELU);
  }
}
