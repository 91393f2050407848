package io.hone.api.improve;

import io.hone.api.attack.Access;
import io.hone.api.attack.Victim;
import io.hone.api.component.Component;
import io.hone.api.data.Batch;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.tensor.Tensor;

/**
 * Removes redundant perturbation: moves adversarial examples closer to their clean images, keeping
 * the class that the victim predicts for them.
 */
public interface Improver<P extends Record> extends Component<P> {
  /** Returns what the improver needs to see of its victim. */
  Access access(P parameters);

  /** Called once before the first batch; throws {@code BadInputException} for what cannot work. */
  default void prepare(P parameters, Setting setting, Run run) {}

  /**
   * Improves a batch of successful adversarial examples in place.
   *
   * @param clean images, labels and targets; never written to
   * @param adversarial {@code [N, C, H, W]}, holds the examples; a sample that cannot be improved
   *     stays as it was
   */
  void improve(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run);
}
