package io.hone;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Goal;

/** An attack with its parameters, ready to run on images that a program holds. Immutable. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class AttackPlan {
  private final Hone hone;
  private final BoundComponent<Attack<Record>> attack;
  private final StepSettings settings;

  AttackPlan(Hone hone, BoundComponent<Attack<Record>> attack, StepSettings settings) {
    this.hone = hone;
    this.attack = attack;
    this.settings = settings;
  }

  /** Returns this plan with another goal; without one it is untargeted. */
  public AttackPlan goal(Goal goal) {
    return new AttackPlan(hone, attack, settings.goal(goal));
  }

  /**
   * Returns this plan with a budget.
   *
   * @param most queries of each sample, at least 1, forward and gradient together
   */
  public AttackPlan queries(long most) {
    return new AttackPlan(hone, attack, settings.queries(Checks.positive("queries", most)));
  }

  /** Returns this plan with other random numbers; the seed is 0 without this. */
  public AttackPlan seed(long seed) {
    return new AttackPlan(hone, attack, settings.seed(seed));
  }

  /** Returns this plan with examples on the 8-bit grid, rounded toward the clean image. */
  public AttackPlan grid8bit() {
    return new AttackPlan(hone, attack, settings.onGrid());
  }

  /** Returns this plan, attacking also the images that the model gets wrong. */
  public AttackPlan allSamples() {
    return new AttackPlan(hone, attack, settings.onAll());
  }

  /**
   * Attacks a model.
   *
   * @param images {@code [N, C, H, W]} in [0, 1]
   * @param labels the {@code N} true classes
   * @throws BadInputException if images and labels do not fit each other or the model, or the model
   *     does not give what the attack needs
   */
  public Examples run(Model model, Tensor images, int[] labels) {
    return new ArrayChain(hone, model).attack(attack, settings, images, labels);
  }
}
