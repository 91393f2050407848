package io.hone.api.model;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;
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

  @Override
  default void close() {}
}
