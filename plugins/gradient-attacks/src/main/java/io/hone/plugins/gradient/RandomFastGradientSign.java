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
 * A random step, then one signed gradient step with what is left of epsilon: the gradient is taken
 * away from the clean image, where defenses like to hide it.
 *
 * <p>Source: Tramer et al. 2018, equation 7. {@code r-fgsm-iterated} is what others run under this
 * name.
 */
@Named(
    id = "r-fgsm",
    summary = "Takes one random step, then one signed gradient step.",
    references = "Tramer et al. 2018, Ensemble Adversarial Training, equation 7",
    example = "{epsilon: 0.1, alpha: 0.5}")
@AttackProfile(
    norms = Norm.LINF,
    bounds = true,
    formula =
        "x_1 = clip(x + a * sign(n)), n drawn from N(0, 1); x' = clip(x_1 - (epsilon - a) * sign(g(x_1)));"
            + " a = alpha * epsilon",
    cost = "1 gradient")
@Extension
public final class RandomFastGradientSign implements Attack<RandomFastGradientSign.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(
              value = "Farthest that the image may move, in pixel values of [0, 1].",
              def = "0.1",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(
              value = "Size of the random step as a share of epsilon.",
              def = "0.5",
              min = 0,
              max = 1)
          double alpha) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Ball ball = new Ball(Norm.LINF, parameters.epsilon());
    float epsilon = (float) parameters.epsilon();
    float random = (float) (parameters.alpha() * epsilon);
    RandomStart.signs(clean, adversarial, random, ball, run);
    Loss loss = Loss.crossEntropy(clean.targeted());
    new Descent(ball, epsilon - random, 1, false)
        .run(
            victim,
            ActiveSamples.of(clean),
            AttackObjective.of(clean, loss),
            clean,
            adversarial,
            run);
  }
}
