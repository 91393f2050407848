package io.hone.plugins.gradient;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Loss;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import org.pf4j.Extension;

/**
 * One step down the attacker's cross-entropy: {@code x' = clip(x - epsilon * sign(g))}, or {@code x
 * - epsilon * g / |g|} for L2, clipped to [0, 1].
 *
 * <p>A sample whose gradient is not a number keeps its clean image and is given up as {@code nan};
 * one whose gradient is zero as {@code no-gradient}. Source: Goodfellow et al. 2015, equation in
 * section 4; targeted as equation 5 of "Method for Improving Quality of Adversarial Examples".
 */
@Named(
    id = "fgsm",
    summary = "Takes one step of fixed size along the sign of the loss gradient.",
    references = "Goodfellow et al. 2015, section 4",
    example = "{epsilon: 0.1}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula = "x' = clip(x - epsilon * sign(g)); in L2 along g / |g|, in L1 along its steepest 1 %",
    cost = "1 gradient")
@Extension
public final class FastGradientSign implements Attack<FastGradientSign.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(
              value = "Size of the step in pixel values of [0, 1], measured in the norm.",
              def = "0.1",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(value = "Norm that the step is measured in.", def = "linf") Norm norm) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Loss loss = Loss.crossEntropy(clean.targeted());
    Descent.across(new Ball(parameters.norm(), parameters.epsilon()))
        .run(
            victim,
            ActiveSamples.of(clean),
            AttackObjective.of(clean, loss),
            clean,
            adversarial,
            run);
  }
}
