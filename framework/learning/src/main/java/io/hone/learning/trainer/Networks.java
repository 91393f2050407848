package io.hone.learning.trainer;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.engine.Subject;
import io.hone.learning.loop.TrainingSession;
import io.hone.learning.network.Weights;
import io.hone.network.Architecture;
import io.hone.network.Network;

/** Fits architectures to the images at hand. */
final class Networks {
  private Networks() {}

  /**
   * Returns an architecture's network for a task, with its first weights.
   *
   * @throws BadInputException if the architecture cannot take the task's images
   */
  static Subject of(Architecture architecture, TrainingTask task) {
    ImageShape shape = task.training().inputs().imageShape();
    return of(architecture, shape, task.classes(), task.seed());
  }

  /** Returns an architecture's network for images of a shape, with its first weights. */
  static Subject of(Architecture architecture, ImageShape shape, int classes, long seed) {
    Network network = of(architecture, shape, classes);
    return new Subject.Layers(network, Weights.start(network, TrainingSession.start(seed)));
  }

  /**
   * Refuses a network that does not take every size of images with the same weights.
   *
   * @throws RefusedChoiceException naming the layer that does not
   */
  static void requireSizes(Architecture architecture, Subject.Layers layers, SizeRange sizes) {
    int channels = layers.input().channels();
    try {
      sizes.sizes().forEach(size -> layers.network().at(SizeRange.square(channels, size)));
    } catch (IllegalArgumentException e) {
      throw new RefusedChoiceException(
          "with.sizes",
          "%s does not take every size from %d to %d: %s; choose an architecture that pools all pixels before its dense layers, such as resnet20, or another range"
              .formatted(
                  architecture.getClass().getSimpleName(),
                  sizes.smallest(),
                  sizes.largest(),
                  e.getMessage()),
          e);
    }
  }

  /**
   * Returns an architecture's network for images of a shape.
   *
   * @param classes to tell apart; 0 for a network that returns images
   * @throws BadInputException if the architecture cannot take such images
   */
  private static Network of(Architecture architecture, ImageShape shape, int classes) {
    String name = architecture.getClass().getSimpleName();
    Network network;
    try {
      network = Network.of(shape, architecture, classes);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "images of %s do not fit %s: %s; train on other images"
              .formatted(shape, name, e.getMessage()),
          e);
    }
    if (classes == 0 && !network.output().equals(shape)) {
      throw new BadInputException(
          name
              + " makes images of "
              + network.output()
              + " from images of "
              + shape
              + "; give it images whose height and width it can halve and double again");
    }
    return network;
  }
}
