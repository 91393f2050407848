package io.hone.learning.trainer;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.engine.Subject;
import io.hone.learning.loop.TrainingSession;
import io.hone.learning.network.Weights;
import io.hone.network.ClassifierUse;
import io.hone.network.ImageToImageUse;
import io.hone.network.Network;
import java.util.function.Supplier;

/** Fits architectures to the images at hand. */
final class Networks {
  private Networks() {}

  /**
   * Returns a classifier for images of a shape, with its first weights.
   *
   * @throws RefusedChoiceException if the architecture cannot take such images
   */
  static Subject of(ClassifierUse architecture, ImageShape shape, int classes, long seed) {
    return subject(() -> architecture.network(shape, classes), seed);
  }

  /**
   * Refuses a network that does not take every size of images with the same weights.
   *
   * @throws RefusedChoiceException naming the layer that does not
   */
  static void requireSizes(ClassifierUse architecture, Subject.Layers layers, SizeRange sizes) {
    int channels = layers.input().channels();
    try {
      sizes.sizes().forEach(size -> layers.network().at(SizeRange.square(channels, size)));
    } catch (BadInputException e) {
      throw new RefusedChoiceException(
          "with.sizes",
          "the architecture %s does not take every size from %d to %d: %s; choose an architecture that pools all pixels before its dense layers, such as resnet20, or another range"
              .formatted(architecture.id(), sizes.smallest(), sizes.largest(), e.getMessage()),
          e);
    }
  }

  /**
   * Returns a network that returns images of a shape, with its first weights.
   *
   * @throws RefusedChoiceException if the architecture cannot take such images
   */
  static Subject of(ImageToImageUse architecture, ImageShape shape, long seed) {
    return subject(() -> architecture.network(shape), seed);
  }

  private static Subject subject(Supplier<Network> built, long seed) {
    Network network;
    try {
      network = built.get();
    } catch (BadInputException e) {
      throw new RefusedChoiceException("with.architecture", e.getMessage(), e);
    }
    return new Subject.Layers(network, Weights.start(network, TrainingSession.start(seed)));
  }
}
