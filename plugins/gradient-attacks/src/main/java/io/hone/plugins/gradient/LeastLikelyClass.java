package io.hone.plugins.gradient;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Loss;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * The iterative least-likely class method: {@code bim} toward the class that the model holds least
 * likely on the clean image, with the parameters of {@code bim}.
 *
 * <p>Under a targeted goal the class is the goal's target, which for the goal {@code least-likely}
 * is the class of the paper. Under the untargeted goal the attack asks the model for it, the label
 * excepted, with one forward query, and any class other than the label is a success.
 *
 * <p>Source: Kurakin et al. 2017, section 2.3.
 */
@Named(
    id = "least-likely",
    summary = "Takes several small signed gradient steps toward the least likely class.",
    references = "Kurakin et al. 2017, Adversarial examples in the physical world, section 2.3",
    example = "{epsilon: 0.1, steps: 10}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula =
        "x_0 = x; x_(k+1) = clip(project(x_k - step * epsilon * sign(g_k))), g_k the gradient of the"
            + " cross-entropy to the least likely class of x",
    cost = "steps gradients, and 1 forward if untargeted")
@Extension
public final class LeastLikelyClass implements Attack<BasicIterative.Params> {
  @Override
  public Access access(BasicIterative.Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public OptionalLong expectedQueries(BasicIterative.Params parameters, Setting setting) {
    return OptionalLong.of(parameters.budget().steps() + (setting.targeted() ? 0 : 1));
  }

  @Override
  public void attack(
      BasicIterative.Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    ActiveSamples active = ActiveSamples.of(clean);
    int[] classes =
        clean.targeted() ? clean.goalClasses() : leastLikely(victim, active, clean, run);
    parameters
        .budget()
        .descent(parameters.stopAtSuccess())
        .run(
            victim,
            active,
            new AttackObjective(Loss.crossEntropy(true), classes),
            clean,
            adversarial,
            run);
  }

  private static int[] leastLikely(Victim victim, ActiveSamples active, Batch clean, Run run) {
    active.keepPaying(victim, 1, run);
    Tensor logits = victim.logits(active.images(clean.pixels()));
    int[] classes = clean.goalClasses();
    active.keep(
        index -> {
          int row = active.row(index);
          if (logits.argmax(index) < 0) {
            return active.giveUp(index, Reason.NAN, run);
          }
          classes[row] = smallest(logits, index, clean.label(row));
          return classes[row] != clean.label(row)
              || active.giveUp(index, Reason.NO_OTHER_CLASS, run);
        });
    return classes;
  }

  /** Returns the class with the smallest logit other than the label, or the label if alone. */
  private static int smallest(Tensor logits, int row, int label) {
    int smallest = label;
    for (int candidate = 0; candidate < logits.rowSize(); candidate++) {
      boolean smaller = smallest == label || logits.get(row, candidate) < logits.get(row, smallest);
      if (candidate != label && smaller) {
        smallest = candidate;
      }
    }
    return smallest;
  }
}
