package io.hone.plugins.defenses;

import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import java.nio.FloatBuffer;
import org.pf4j.Extension;

/**
 * Sends each image through a denoising autoencoder before the classifier sees it, clipped to [0,
 * 1].
 *
 * <p>Source: Lim, "How to Create Adversarial Examples and Mitigate Adversarial Effects", section 4.
 */
@Named(
    id = "autoencoder",
    summary = "Lets a trained autoencoder restore the image before it is classified.",
    references =
        "Lim, How to Create Adversarial Examples and Mitigate Adversarial Effects, section 4",
    example = "{model: models/mnist-denoiser}")
@Extension
public final class Autoencoder implements Defense<Autoencoder.Params> {
  /** Parameters of the defense. */
  public record Params(
      @Param("Autoencoder that returns the restored image.") ModelReference model) {}

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    if (!run.openImageTransformer(parameters.model()).accepts(setting.shape())) {
      throw new BadInputException(
          "the defense autoencoder cannot use "
              + parameters.model().path()
              + ": it does not take images of "
              + setting.shape()
              + "; name an autoencoder that was trained on images of this shape");
    }
  }

  @Override
  public Classifier protect(Params parameters, Classifier base, Run run) {
    return new Autoencoded(base, run.openImageTransformer(parameters.model()));
  }

  private static final class Autoencoded extends ImageDefense {
    private final ImageTransformer autoencoder;

    Autoencoded(Classifier base, ImageTransformer autoencoder) {
      super(base);
      this.autoencoder = autoencoder;
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return autoencoder.accepts(shape) && super.accepts(shape);
    }

    @Override
    ImageShape transformed(ImageShape shape) {
      return shape;
    }

    @Override
    ImageBatch transform(ImageBatch images) {
      Tensor restored = autoencoder.transform(images.pixels());
      clip(restored.buffer());
      return images.with(restored);
    }

    /** NaN stays what it is: it is the framework's to report. */
    private static void clip(FloatBuffer values) {
      for (int index = 0; index < values.capacity(); index++) {
        values.put(index, Pixels.clip(values.get(index)));
      }
    }

    @Override
    ImageBatch restoreShape(ImageBatch transformed, ImageShape shape) {
      return transformed;
    }
  }
}
