package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.Improver;
import io.hone.api.stability.Stability;
import io.hone.host.component.BoundComponent;

/** An improver with its parameters, ready to sharpen examples. Immutable. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class ImproverPlan {
  private final Hone hone;
  private final BoundComponent<Improver<Record>> improver;
  private final StepSettings settings;

  ImproverPlan(Hone hone, BoundComponent<Improver<Record>> improver, StepSettings settings) {
    this.hone = hone;
    this.improver = improver;
    this.settings = settings;
  }

  /**
   * Returns this plan with a budget.
   *
   * @param most queries of each sample, at least 1, forward and gradient together
   */
  public ImproverPlan queries(long most) {
    return new ImproverPlan(hone, improver, settings.queries(Checks.positive("queries", most)));
  }

  /** Returns this plan with other random numbers; the seed is 0 without this. */
  public ImproverPlan seed(long seed) {
    return new ImproverPlan(hone, improver, settings.seed(seed));
  }

  /** Returns this plan with examples on the 8-bit grid, rounded toward the clean image. */
  public ImproverPlan grid8bit() {
    return new ImproverPlan(hone, improver, settings.onGrid());
  }

  /**
   * Removes redundant perturbation; the class of each example is kept.
   *
   * @throws BadInputException if the model does not take the examples, or does not give what the
   *     improver needs
   */
  public Examples run(Model model, Examples examples) {
    return new ArrayChain(hone, model).improve(improver, settings, examples);
  }
}
