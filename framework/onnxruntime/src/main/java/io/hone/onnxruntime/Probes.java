package io.hone.onnxruntime;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The images that a model is tried on before anything runs. */
final class Probes {
  /** How many uniform random images join those of the data set. */
  private static final int RANDOM = 8;

  private static final long SEED = 12;

  private Probes() {}

  /**
   * Returns the data set's images and as many random ones.
   *
   * @param samples images of the data set, possibly none
   * @return random images alone where the card does not allow the data set's; empty where neither
   *     tells a size
   */
  static Optional<Tensor> of(ModelCard card, Tensor samples) {
    if (samples.rows() > 0 && allows(card.input(), samples.imageShape())) {
      return Optional.of(withRandom(samples, samples.imageShape()));
    }
    ModelCard.Input input = card.input();
    if (input.height().isEmpty() || input.width().isEmpty()) {
      return Optional.empty();
    }
    ImageShape shape = new ImageShape(input.channels(), input.height().get(), input.width().get());
    return Optional.of(withRandom(Tensor.images(0, shape), shape));
  }

  private static boolean allows(ModelCard.Input input, ImageShape shape) {
    return shape.channels() == input.channels()
        && input.height().orElse(shape.height()) == shape.height()
        && input.width().orElse(shape.width()) == shape.width();
  }

  private static Tensor withRandom(Tensor samples, ImageShape shape) {
    Tensor images = Tensor.images(samples.rows() + RANDOM, shape);
    images.copyRows(0, samples, 0, samples.rows());
    RandomGenerator random = new SplittableRandom(SEED);
    for (int row = samples.rows(); row < images.rows(); row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        images.set(row, feature, random.nextFloat());
      }
    }
    return images;
  }
}
