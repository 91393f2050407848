package io.hone.api.model;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;

/**
 * A model that turns images into images of the same shape: an autoencoder. Safe to call from
 * several threads.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface ImageTransformer extends AutoCloseable {
  /**
   * Returns whether images of this shape can be transformed.
   *
   * @throws io.hone.api.BadInputException naming the model, if it takes such images but returns
   *     something else than images of the same shape
   */
  boolean accepts(ImageShape shape);

  /** Returns the transformed images, {@code [N, C, H, W]}. */
  Tensor transform(Tensor images);

  @Override
  default void close() {}
}
