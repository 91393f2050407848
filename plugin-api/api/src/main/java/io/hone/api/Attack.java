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
 * Looks for adversarial examples.
 *
 * <p>An attack receives only samples that take part. It writes each sample's adversarial example
 * into that sample's row; a fixed-budget attack leaves its last attempt there where it fails, a
 * minimum-distance attack the clean image. The framework judges success, not the attack.
 *
 * <p>An attack that fails on a sample says why by {@link Run#giveUp}, with a constant of {@link
 * io.hone.api.run.Reason} where one fits: {@code nan} where the victim answered with NaN, {@code
 * no-gradient} where every gradient was zero, {@code budget} where no query was left. The set of
 * reasons is open. The contract test holds an attack to that, on hostile models and within budgets
 * (rules B1 to B10 and A1 to A6 of {@code docs/plugins.md}).
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Attack<P extends Record> extends Component<P> {
  /** Returns what the attack needs to see of its victim. */
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
   * Attacks a batch.
   *
   * @param clean images, labels and targets; never written to
   * @param adversarial {@code [N, C, H, W]}, holds the clean images on entry; every value stays in
   *     [0, 1]
   */
  void attack(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run);
}
