package io.hone.api;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;

/**
 * Removes redundant perturbation: moves adversarial examples closer to their clean images, keeping
 * the class that the victim predicts for them.
 *
 * <p>What the contract test demands (rules B1 to B10 and I1 to I4 of {@code docs/plugins.md}):
 *
 * <ul>
 *   <li>The class that the victim gives to the received image stays, whatever the victim answers to
 *       other images.
 *   <li>No distance from the clean image grows: L0, L1, L2 and Linf, and L0 on the 8-bit grid.
 *   <li>A received image that does not meet its goal is left bit for bit as it is. The improver
 *       asks the victim for its class first, because another model may be the victim than the one
 *       that was attacked. It gives the sample up as {@link io.hone.api.run.Reason#NOT_ADVERSARIAL
 *       not-adversarial}, or as {@link io.hone.api.run.Reason#NAN nan} where the victim answers
 *       with NaN; without a query left, as {@link io.hone.api.run.Reason#BUDGET budget}.
 *   <li>An image that no closer image replaces comes back bit for bit as it was received. The
 *       framework then says {@code not-improved}; an improver gives no reason for a success.
 * </ul>
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Improver<P extends Record> extends Component<P> {
  /** Returns what the improver needs to see of its victim. */
  Access access(P parameters);

  /** Called once before the first batch; throws {@code BadInputException} for what cannot work. */
  default void prepare(P parameters, Setting setting, Run run) {}

  /**
   * Returns about how many queries one sample takes, forward and gradient together, where that
   * follows from parameters and setting; empty (the default) where it depends on the images.
   *
   * <p>A run tells the user beforehand what a costly step will take, and shows how far a step is.
   * The number decides nothing else, so a rough one is worth giving. The contract test allows no
   * sample more than ten times as many queries and ten (rule B10).
   */
  default OptionalLong expectedQueries(P parameters, Setting setting) {
    return OptionalLong.empty();
  }

  /**
   * Improves a batch of successful adversarial examples in place.
   *
   * @param clean images, labels and targets; never written to
   * @param adversarial {@code [N, C, H, W]}, holds the examples; a sample that cannot be improved
   *     stays as it was
   */
  void improve(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run);
}
