package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.stability.Stability;
import io.hone.host.component.BoundComponent;

/** A defense with its parameters, ready to undo attacks. Immutable. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class DefensePlan {
  private final Hone hone;
  private final BoundComponent<Defense<Record>> defense;
  private final StepSettings settings;

  DefensePlan(Hone hone, BoundComponent<Defense<Record>> defense, StepSettings settings) {
    this.hone = hone;
    this.defense = defense;
    this.settings = settings;
  }

  /** Returns this plan with other random numbers; the seed is 0 without this. */
  public DefensePlan seed(long seed) {
    return new DefensePlan(hone, defense, settings.seed(seed));
  }

  /**
   * Sends examples through the defense and the model behind it.
   *
   * @return for each sample the class that the defended model gives; its images are the recovered
   *     ones where the defense makes such
   * @throws BadInputException if the defended model does not take the examples
   */
  public Examples run(Model model, Examples examples) {
    return new ArrayChain(hone, model).defend(defense, settings, examples);
  }
}
