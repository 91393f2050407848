package io.hone.plugins.optimization.cw;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import org.pf4j.Extension;

/**
 * Finds an example with the L2 objective, fixes the pixels that matter least to their clean values
 * and goes on with the others, until no example is found any more.
 *
 * <p>For each sample apart: Adam minimises {@code |x' - x|^2 + c f6(x')} in the variable of a tanh
 * over the pixels that may still change. Once an image meets the goal by a margin of 0.01, pixels
 * are fixed in ascending order of |change| x |slope of the margin|, each summed over the channels:
 * 0.3 times the root of the number of changed pixels at most, and none after one that scores more
 * than 0.01. The search goes on from that image; where none is found, c grows, up to its limit. The
 * example with the fewest changed pixels is the result. A sample for which there is none keeps its
 * clean image.
 *
 * <p>The slope is that of the margin, as in the paper; Carlini's code takes the slope of the whole
 * objective, in which the margin has no share any more once the goal is met.
 */
@Named(
    id = "cw-l0",
    summary = "Changes few pixels: fixes those that matter least, one after the other.",
    references = "Carlini and Wagner 2017, section VI-B",
    example = "{iterations: 20, initial-weight: 0.1, largest-weight: 1000, weight-factor: 10}")
@AttackProfile(
    sparse = true,
    formula =
        "min over x' in [0, 1], x'_j = x_j for fixed j, of |x' - x|^2 + c max(0, max_i Z_i - Z_t +"
            + " 0.01), x' = (tanh(w) + 1) / 2; then fix argmin_j |x'_j - x_j| |d(max_i Z_i - Z_t) /"
            + " dx_j|; untargeted, of Z_y less its largest rival",
    cost =
        "iterations gradients at most for each weight and each set of pixels; the weights are at"
            + " most 1 + log(largest-weight / initial-weight) / log(weight-factor), the sets as many"
            + " as pixels")
@Extension
public final class CarliniWagnerL0 implements Attack<CarliniWagnerL0.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "Steps of Adam for each weight, one gradient each.", def = "1000", min = 1)
          int iterations,
      @Param(value = "Learning rate of Adam.", def = "0.01", min = 0) float learningRate,
      @Param(value = "First weight c.", def = "0.001", min = 1e-30, max = 1e10)
          double initialWeight,
      @Param(value = "Weight c at which a sample is given up.", def = "2000000", min = 0)
          double largestWeight,
      @Param(
              value = "What the weight is multiplied with where nothing was found.",
              def = "2",
              min = 1.01)
          double weightFactor,
      @Param(
              value = "What is fixed and counted: pixels, or single features of a channel.",
              def = "pixel")
          Unit unit) {}

  /** What is fixed and counted. */
  public enum Unit {
    /** All channels at one place. */
    PIXEL,
    /** One channel at one place. */
    FEATURE
  }

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    int channels = parameters.unit() == Unit.PIXEL ? clean.pixels().imageShape().channels() : 1;
    new BatchedSearch(
            new FunctionQuery(GoalFunction.F6, clean.targeted()),
            victim,
            clean,
            run,
            row ->
                new L0Search(
                    parameters,
                    clean.pixels().row(row),
                    new AllowedSet(clean.pixels().rowSize(), channels),
                    new Finding(adversarial, row)))
        .run();
  }
}
