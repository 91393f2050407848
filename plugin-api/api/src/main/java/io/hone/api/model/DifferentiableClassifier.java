package io.hone.api.model;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;

/** A classifier that also gives gradients to its input image. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
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
   * Returns an attacker's loss and its gradient.
   *
   * <p>By default a pass for the logits and one for the gradient of the loss that they lead to; a
   * model that does both in one pass overrides it.
   *
   * @param classes the class that the loss looks at, for each image
   */
  default LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
    Tensor logits = logits(images);
    Tensor cotangent = Tensor.zeros(images.size(), classes());
    float[] losses = new float[images.size()];
    for (int row = 0; row < losses.length; row++) {
      LogitLoss one = LogitLoss.of(loss, logits.row(row), classes[row]);
      losses[row] = (float) one.value();
      cotangent.setRow(row, one.gradient());
    }
    return new LossGradient(losses, logits, vjp(images, cotangent));
  }

  /**
   * Returns the vector-Jacobian product of the logits: the gradient of {@code sum(logits *
   * cotangent)}.
   *
   * @param cotangent {@code [N, K]}
   * @return {@code [N, C, H, W]}
   */
  Tensor vjp(ImageBatch images, Tensor cotangent);
}
