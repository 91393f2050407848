package io.hone.plugins.gradient;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.NormChoice;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Walks to the nearest of the planes that the model's class boundaries would be if the model were
 * linear where it is, until the class changes.
 *
 * <p>All steps together are stretched by the overshoot, and the class is looked at after each one,
 * as in the authors' code (the paper stretches once at the end). Each step goes 1e-4 beyond its
 * plane, and none is longer than the unit cube is wide. A sample that fails keeps its clean image
 * and is given up as {@code not-found}, {@code budget}, {@code no-gradient} or {@code nan}.
 *
 * <p>Source: Moosavi-Dezfooli et al. 2016, algorithm 2; section 3.3 for other norms.
 */
@Named(
    id = "deepfool",
    summary =
        "Walks to the nearest class boundary of the linearised model until the class changes.",
    references = "Moosavi-Dezfooli et al. 2016, algorithm 2",
    example = "{steps: 50}")
@AttackProfile(
    norms = {Norm.L2, Norm.LINF},
    goals = AttackProfile.Goal.UNTARGETED,
    formula =
        "x' = clip(x + (1 + overshoot) * sum of |f_k| / |grad f_k|^2 * grad f_k), with f_k = Z_k -"
            + " Z_label for the class k whose plane is nearest",
    cost = "steps + 1 forwards and steps * (candidates - 1) gradients, until the class changes")
@Extension
public final class DeepFool implements Attack<DeepFool.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "Most steps to take.", def = "50", min = 1) int steps,
      @Param(
              value =
                  "How many classes to consider: the label and those with the next largest logits"
                      + " of the clean image.",
              def = "10",
              min = 2)
          int candidates,
      @Param(
              value = "Share by which the sum of all steps is stretched to cross the boundary.",
              def = "0.02",
              min = 0)
          float overshoot,
      @Param(value = "Norm in which the nearest boundary is looked for.", def = "l2")
          Measure norm) {}

  /** What the distance to a boundary is measured in. */
  public enum Measure implements NormChoice {
    /** Euclidean length: a step goes along the gradient. */
    L2(Norm.L2),
    /** Largest change of a feature: every feature moves by the same amount. */
    LINF(Norm.LINF);

    private final Norm norm;

    Measure(Norm norm) {
      this.norm = norm;
    }

    @Override
    public Norm norm() {
      return norm;
    }
  }

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    if (setting.targeted()) {
      throw new BadInputException(
          "attack deepfool knows no target class: it looks for the nearest boundary. Use goal:"
              + " untargeted for its step, or another attack such as cw-l2");
    }
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    long steps = parameters.steps();
    int boundaries = Math.min(parameters.candidates(), setting.classes()) - 1;
    return OptionalLong.of(steps + 1 + steps * boundaries);
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    new BoundaryWalk(parameters, victim, clean, adversarial, run).walk();
  }
}
