package io.hone.training;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Loss;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.random.RandomGenerator;

/** Asks for gradients, then moves every feature at random toward black. */
@Named(id = "jitter", summary = "Moves features at random.")
@AttackProfile(norms = Norm.L2, formula = "x' = x (1 - size * u)", cost = "one gradient")
public final class Jitter implements Attack<Jitter.Params> {
  /** How far. */
  public record Params(
      @Param(value = "How far at most.", def = "0.1", min = 0, unit = Param.Unit.PIXEL)
          double size) {}

  /** Creates the component. */
  public Jitter() {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    victim.lossGradient(clean.images(), Loss.crossEntropy(false), clean.goalClasses());
    for (int row = 0; row < clean.size(); row++) {
      RandomGenerator random = run.random(clean.sample(row));
      for (int feature = 0; feature < adversarial.rowSize(); feature++) {
        double kept = 1 - parameters.size() * random.nextDouble();
        adversarial.set(row, feature, (float) (kept * adversarial.get(row, feature)));
      }
    }
  }
}
