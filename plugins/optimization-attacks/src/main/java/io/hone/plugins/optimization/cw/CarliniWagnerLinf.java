package io.hone.plugins.optimization.cw;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Lowers a bound tau on the change of every feature for as long as an example is found within it.
 *
 * <p>For each sample apart: Adam minimises {@code c f6(x') + sum of max(0, |x' - x| - tau)} in the
 * variable of a tanh. Once an image meets the goal (by its largest logit) with no change beyond
 * tau, tau becomes a share of its largest change and the search goes on from there; where none is
 * found, c grows, up to its limit. The example with the smallest largest change is the result. A
 * sample for which there is none keeps its clean image.
 *
 * <p>Carlini's code takes an image only once its penalty is next to nothing; here, every
 * adversarial image on the way may be the result, and one that keeps to tau lowers it.
 */
@Named(
    id = "cw-linf",
    summary = "Lowers the largest change of any feature for as long as an example is found.",
    references = "Carlini and Wagner 2017, section VI-C",
    example = "{iterations: 20, initial-weight: 0.1, weight-factor: 10}")
@AttackProfile(
    norms = Norm.LINF,
    formula =
        "min over x' in [0, 1] of c max(0, max_i Z_i - Z_t) + sum_j max(0, |x'_j - x_j| - tau),"
            + " x' = (tanh(w) + 1) / 2; untargeted, of Z_y less its largest rival",
    cost =
        "iterations gradients at most for each weight and each tau; the weights are at most"
            + " 1 + log(largest-weight / initial-weight) / log(weight-factor) in all but for tau,"
            + " of which there are log(256) / -log(decrease) at most")
@Extension
public final class CarliniWagnerLinf implements Attack<CarliniWagnerLinf.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "Steps of Adam for each weight, one gradient each.", def = "1000", min = 1)
          int iterations,
      @Param(value = "Learning rate of Adam.", def = "0.005", min = 0) float learningRate,
      @Param(value = "First weight c.", def = "0.00001", min = 1e-30, max = 1e10)
          double initialWeight,
      @Param(value = "Weight c at which a sample is given up.", def = "20", min = 0)
          double largestWeight,
      @Param(
              value = "What the weight is multiplied with where nothing was found.",
              def = "2",
              min = 1.01)
          double weightFactor,
      @Param(
              value = "Share of the largest change that the next bound tau allows.",
              def = "0.9",
              min = 0.01,
              max = 0.999)
          double decrease) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    double weights =
        1
            + Math.log(parameters.largestWeight() / parameters.initialWeight())
                / Math.log(parameters.weightFactor());
    double bounds = Math.log(256) / -Math.log(parameters.decrease());
    return OptionalLong.of((long) ((Math.max(1, weights) + bounds) * parameters.iterations()));
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    new BatchedSearch(
            new FunctionQuery(GoalFunction.F6, clean.targeted()),
            victim,
            clean,
            run,
            row ->
                new LinfSearch(parameters, clean.pixels().row(row), new Finding(adversarial, row)))
        .run();
  }
}
