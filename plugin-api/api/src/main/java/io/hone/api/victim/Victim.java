package io.hone.api.victim;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;

/**
 * The model that an attack or improver works against, with whatever defense is before it.
 *
 * <p>Every image is counted as a forward or gradient query of its sample; a budget ends a sample's
 * queries; a cancelled run ends them all. Asking for more than the declared {@link Access} is an
 * error of the plugin.
 *
 * <p>Where a step asks for {@code grid: 8bit}, the model sees every image as it would be emitted:
 * rounded to 8 bits, toward the clean image. What succeeds here then succeeds after rounding.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Victim extends DifferentiableClassifier {
  /**
   * Returns the predicted class of each image; -1 where a logit is NaN. Needs {@link
   * Access#LABELS}.
   */
  @Override
  int[] predict(ImageBatch images);

  /** Needs {@link Access#SCORES}. {@inheritDoc} */
  @Override
  Tensor logits(ImageBatch images);

  /** Needs {@link Access#GRADIENTS}. {@inheritDoc} */
  @Override
  LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes);

  /** Needs {@link Access#GRADIENTS}. {@inheritDoc} */
  @Override
  Tensor vjp(ImageBatch images, Tensor cotangent);

  /**
   * Returns how many more queries a sample may make, {@link Long#MAX_VALUE} without a budget.
   *
   * <p>An attack leaves a sample alone once this is 0; a query beyond it throws {@link
   * QueryBudgetException}.
   */
  long remainingQueries(long sample);

  /**
   * Returns this victim for a part of a component's work: its queries count for that part too, and
   * results tell them apart. Budget and access are the same.
   *
   * @param part name of the part, as in {@link Run#within}
   */
  default Victim within(String part) {
    return this;
  }

  /**
   * Returns whether a sample may make so many more queries; a sample that may not is given up as
   * {@link Reason#BUDGET}.
   */
  default boolean paysOrGivesUp(long sample, long queries, Run run) {
    if (remainingQueries(sample) >= queries) {
      return true;
    }
    run.giveUp(sample, Reason.BUDGET);
    return false;
  }
}
