package io.hone.api.model;

import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;
import java.util.List;
import java.util.Optional;

/**
 * A classifier of images in [0, 1], whatever runs it and whatever is before it.
 *
 * <p>Safe to call from several threads. A row's result depends on that row alone.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Classifier extends AutoCloseable {
  /** Returns the number of classes. */
  int classes();

  /** Returns whether images of this shape can be classified. */
  boolean accepts(ImageShape shape);

  /** Returns the logits of each image, {@code [N, K]}; zero images give zero rows. */
  Tensor logits(ImageBatch images);

  /** Returns the class of the largest logit of each image; -1 where a logit is NaN. */
  default int[] predict(ImageBatch images) {
    Tensor logits = logits(images);
    int[] classes = new int[logits.rows()];
    for (int row = 0; row < classes.length; row++) {
      classes[row] = logits.argmax(row);
    }
    return classes;
  }

  /**
   * Returns why this classifier gives no gradients, and what to do about it; empty for a {@link
   * DifferentiableClassifier}, and where nothing is known.
   */
  default Optional<String> gradientObstacle() {
    return Optional.empty();
  }

  /**
   * Returns the values inside the network that can be read for images of a shape, in the order in
   * which the network computes them; empty where none can be read.
   *
   * @throws io.hone.api.BadInputException if the network does not take images of this shape
   */
  default List<NeuronLayer> layers(ImageShape shape) {
    return List.of();
  }

  /**
   * Opens a reader of values inside the network.
   *
   * @param layers some of {@link #layers}, in any order
   * @throws io.hone.api.BadInputException if the memory is too small for it
   */
  default ActivationReader openActivations(List<NeuronLayer> layers) {
    throw new UnsupportedOperationException("no values inside this classifier can be read");
  }

  @Override
  default void close() {}
}
