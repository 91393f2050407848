package io.hone.learning.network.architecture;

import io.hone.api.Named;
import io.hone.api.model.Task;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.Layer;
import io.hone.network.Layer.BatchNormalization;
import io.hone.network.Layer.Convolution;
import io.hone.network.Layer.UpSampling;
import io.hone.network.Padding;
import io.hone.network.Value;
import java.util.List;
import org.pf4j.Extension;

/**
 * A small autoencoder for recovery, after Lim (How to create adversarial examples and mitigate
 * adversarial effects), section 4: the second convolution strides by 2 to the latent image, one
 * doubling leads back, a 1x1 convolution with sigmoid draws the image.
 *
 * <p>The paper leaves the number of filters open; 32 are enough for digits.
 */
@Named(
    id = "denoiser",
    summary = "A small autoencoder that halves an image once and doubles it again.",
    references =
        "Lim, How to create adversarial examples and mitigate adversarial effects, section 4")
@Extension
public final class DenoisingAutoencoder implements Architecture<DenoisingAutoencoder.Params> {
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
            convolution(1),
            new BatchNormalization(EPSILON),
            convolution(2),
            new BatchNormalization(EPSILON),
            convolution(1),
            new BatchNormalization(EPSILON),
            new UpSampling(2),
            convolution(1),
            new Convolution(image.shape().channels(), 1, 1, Padding.SAME, Activation.SIGMOID)));
  }

  private static Layer convolution(int stride) {
    return new Convolution(32, 3, stride, Padding.SAME, Activation.RELU);
  }
}
