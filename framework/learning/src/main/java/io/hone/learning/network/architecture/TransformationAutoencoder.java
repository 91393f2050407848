package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.MaxPooling;
import io.hone.network.Layer.UpSampling;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * The generator of Nguyen et al. (AE4DNN), section IV.A: convolutions of 32 filters before two
 * halvings and two doublings, and one that draws the image with sigmoid.
 *
 * <p>Takes images of any number of channels whose height and width are multiples of 4.
 */
@Named(
    id = "transformation",
    summary = "An autoencoder that halves an image twice and doubles it again.",
    references = "Nguyen et al., AE4DNN, section IV.A")
@Extension
public final class TransformationAutoencoder
    implements Architecture<TransformationAutoencoder.Params> {
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
            convolution(),
            new MaxPooling(2),
            convolution(),
            new MaxPooling(2),
            convolution(),
            new UpSampling(2),
            convolution(),
            new UpSampling(2),
            new Convolution(image.shape().channels(), 3, 1, Padding.SAME, Activation.SIGMOID)));
  }

  private static Layer convolution() {
    return new Convolution(32, 3, 1, Padding.SAME, Activation.RELU);
  }
}
