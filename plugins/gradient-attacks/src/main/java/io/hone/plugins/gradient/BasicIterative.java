package io.hone.plugins.gradient;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
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
 * The basic iterative method: several small steps of {@code fgsm}, each brought back into the ball
 * of {@code epsilon} around the clean image and into [0, 1].
 *
 * <p>Source: Kurakin et al. 2017, section 2.2, whose alpha of 1/255 is {@code step * epsilon}.
 */
@Named(
    id = "bim",
    summary = "Takes several small signed gradient steps within a ball around the clean image.",
    references = "Kurakin et al. 2017, Adversarial examples in the physical world, section 2.2",
    example = "{epsilon: 0.1, steps: 10}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula =
        "x_0 = x; x_(k+1) = clip(project(x_k - step * epsilon * sign(g_k))); in L2 along g / |g|, in L1"
            + " along its steepest 1 %",
    cost = "steps gradients, fewer with stop-at-success")
@Extension
public final class BasicIterative implements Attack<BasicIterative.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(inline = true) StepBudget budget,
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
    return OptionalLong.of(parameters.budget().steps());
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Loss loss = Loss.crossEntropy(clean.targeted());
    parameters
        .budget()
        .descent(parameters.stopAtSuccess())
        .run(
            victim,
            ActiveSamples.of(clean),
            AttackObjective.of(clean, loss),
            clean,
            adversarial,
            run);
  }
}
