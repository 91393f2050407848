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
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * A random step, then several signed gradient steps of the same size: what torchattacks runs as
 * R+FGSM.
 *
 * <p>Source: the name is Tramer et al. 2018's, who take one gradient step ({@code r-fgsm}); the
 * steps are those of {@code bim}.
 */
@Named(
    id = "r-fgsm-iterated",
    summary = "Takes one random step, then several signed gradient steps.",
    references = "Tramer et al. 2018, equation 7, iterated as in torchattacks",
    example = "{epsilon: 0.1, steps: 10}")
@AttackProfile(
    norms = Norm.LINF,
    bounds = true,
    formula =
        "x_0 = clip(x + a * sign(n)), n drawn from N(0, 1); x_(k+1) = clip(project(x_k - a * sign(g_k)));"
            + " a = step * epsilon",
    cost = "steps gradients, fewer with stop-at-success")
@Extension
public final class IteratedRandomFastGradientSign
    implements Attack<IteratedRandomFastGradientSign.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(
              value = "Farthest that the image may move, in pixel values of [0, 1].",
              def = "0.1",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(
              value = "Size of the random and of every other step as a share of epsilon.",
              def = "0.25",
              min = 0)
          double step,
      @Param(value = "Number of steps.", def = "10", min = 1) int steps,
      @Param(
              value =
                  "Whether a sample stops at its first success; otherwise it makes all its steps and"
                      + " ends deeper in the wrong class.",
              def = "false")
          boolean stopAtSuccess) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of(parameters.steps());
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Ball ball = new Ball(Norm.LINF, parameters.epsilon());
    float size = (float) (parameters.step() * (float) parameters.epsilon());
    RandomStart.signs(clean, adversarial, size, ball, run);
    Loss loss = Loss.crossEntropy(clean.targeted());
    new Descent(ball, size, parameters.steps(), parameters.stopAtSuccess())
        .run(
            victim,
            ActiveSamples.of(clean),
            AttackObjective.of(clean, loss),
            clean,
            adversarial,
            run);
  }
}
