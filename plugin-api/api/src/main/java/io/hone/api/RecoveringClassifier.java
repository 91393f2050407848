package io.hone.api;

import io.hone.api.data.ImageBatch;
import io.hone.api.model.Classifier;
import io.hone.api.stability.Stability;

/** A protected classifier that also hands out the images it recovers. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface RecoveringClassifier extends Classifier {
  /**
   * Returns the recovered images in [0, 1], with the shape and the samples of the given ones.
   *
   * <p>Where the base is a {@code RecoveringClassifier} too, another defense follows this one: the
   * images go on through the base's {@code recover}, and what that returns is the result.
   */
  ImageBatch recover(ImageBatch images);
}
