package io.hone.api.train;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.stability.Stability;
import java.util.random.RandomGenerator;

/**
 * Changes the examples of a batch before a network learns from them, anew in every epoch: attacks
 * on the network as it is then, noise, and whatever a trainer draws at random.
 *
 * <p>Random numbers are keyed by seed, epoch and example. So they depend neither on the batch an
 * example travels in nor on threads, and a training that goes on from a checkpoint draws the same
 * ones. Safe to use from several threads.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface BatchTransform {
  /** Returns a transform that refuses everything, for programs that call a trainer themselves. */
  static BatchTransform none() {
    return NoBatchTransform.INSTANCE;
  }

  /**
   * Returns a new random stream for one example in one epoch.
   *
   * @param epoch number of epochs before this one
   * @param example its row among the training examples; validation examples count on behind them
   */
  RandomGenerator random(int epoch, long example);

  /**
   * Attacks images, untargeted.
   *
   * @param attack one of the recipe's {@link Recipe#batchAttacks()}
   * @param epoch number of epochs before this one
   * @param images with the row of each among the training examples as its sample; validation
   *     examples count on behind them. Not written to
   * @param labels the true class of each image
   * @param network that is attacked, such as the one in training with its weights of this moment;
   *     it has to be a {@link io.hone.api.model.DifferentiableClassifier} if the attack follows
   *     gradients
   * @return the attacked images, in [0, 1]
   */
  Tensor attacked(
      ComponentUse attack, int epoch, ImageBatch images, int[] labels, Classifier network);

  /**
   * Changes images by an attack that asks no network anything, such as noise.
   *
   * @param attack as in {@link #attacked(ComponentUse, int, ImageBatch, int[], Classifier)}, and so
   *     the others
   */
  Tensor attacked(ComponentUse attack, int epoch, ImageBatch images);
}
