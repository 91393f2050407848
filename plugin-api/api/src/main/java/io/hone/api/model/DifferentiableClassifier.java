package io.hone.api.model;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;

/** A classifier that also gives gradients to its input image. */
public interface DifferentiableClassifier extends Classifier {
  /**
   * Sets up what gradients of a loss need, such as a session of its own, so that the seconds of the
   * step that asks first do not contain it. The framework calls this before each {@link
   * #lossGradient}; it returns at once where all is set up. By default nothing is done.
   */
  default void setUp(Loss loss) {}

  /** Sets up what {@link #vjp} needs, as {@link #setUp(Loss)} does for a loss. */
  default void setUpVjp() {}

  /**
   * Returns an attacker's loss and its gradient, in one pass.
   *
   * @param classes the class that the loss looks at, for each image
   */
  LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes);

  /**
   * Returns the vector-Jacobian product of the logits: the gradient of {@code sum(logits *
   * cotangent)}.
   *
   * @param cotangent {@code [N, K]}
   * @return {@code [N, C, H, W]}
   */
  Tensor vjp(ImageBatch images, Tensor cotangent);
}
