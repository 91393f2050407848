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
 * The momentum iterative method: {@code bim} along a running sum of gradients, each divided by its
 * L1 norm, which carries over to other models better.
 *
 * <p>Source: Dong et al. 2018, algorithm 1, whose step is epsilon / T ({@code step: 0.1} for ten
 * steps) and whose decay mu is 1; equation 9 for L2.
 */
@Named(
    id = "mi-fgsm",
    summary = "Takes several gradient steps along a running sum of normalised gradients.",
    references = "Dong et al. 2018, Boosting Adversarial Attacks with Momentum, algorithm 1",
    example = "{epsilon: 0.1, steps: 10}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula =
        "m_(k+1) = decay * m_k + g_k / |g_k|_1; x_(k+1) = clip(project(x_k - step * epsilon *"
            + " sign(m_(k+1)))); in L2 along m / |m|",
    cost = "steps gradients, fewer with stop-at-success")
@Extension
public final class MomentumIterative implements Attack<MomentumIterative.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(inline = true, def = "{step: 0.1}") StepBudget budget,
      @Param(value = "What is left of the sum at each step (mu).", def = "1", min = 0) double decay,
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
    AttackObjective objective = AttackObjective.of(clean, Loss.crossEntropy(clean.targeted()));
    parameters
        .budget()
        .descent(parameters.stopAtSuccess())
        .run(
            victim,
            ActiveSamples.of(clean),
            objective,
            new Momentum(parameters.decay(), clean.size(), adversarial.rowSize()),
            clean,
            adversarial,
            run);
  }

  /** The running sum of each row of the batch. */
  private record Momentum(double decay, float[][] sums) implements Descent.Direction {
    Momentum(double decay, int rows, int features) {
      this(decay, new float[rows][features]);
    }

    @Override
    public void turn(int row, float[] gradient) {
      double length = 0;
      for (float slope : gradient) {
        length += Math.abs(slope);
      }
      float[] sum = sums[row];
      for (int feature = 0; feature < sum.length; feature++) {
        // A zero gradient adds nothing; the sum goes on.
        double share = length == 0 ? 0 : gradient[feature] / length;
        sum[feature] = (float) (decay * sum[feature] + share);
      }
      System.arraycopy(sum, 0, gradient, 0, sum.length);
    }
  }
}
