package io.hone.plugins.improvers.pointwise;

import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.plugins.improvers.search.Searches;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Restores one feature after the other in random order, then moves each as far toward its clean
 * value as the label allows: the known baseline, dear in queries.
 *
 * <p>A pass tries every feature that differs, in a new random order; passes go on until one
 * restores nothing. Then passes try each feature once more and, where that changes the label,
 * search by halving between its clean value and its own, until a pass moves nothing: the second
 * half is left out with {@code halvings: 0}. Without a budget a sample asks some thousand queries.
 */
@Named(
    id = "pointwise",
    summary = "Restores single features at random, then moves each as far as the label allows.",
    references =
        "Schott et al. 2019, Towards the first adversarially robust neural network model on MNIST,"
            + " pointwise attack, in Foolbox's form",
    example = "{halvings: 2}")
@Extension
public final class Pointwise implements Improver<Pointwise.Params> {
  /** Parameters of the improver. */
  public record Params(
      @Param(
              value =
                  "Steps of the binary search for each feature that cannot be restored; 0 for"
                      + " none.",
              def = "10",
              min = 0,
              max = 30)
          int halvings) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    // A second pass follows the first one; the passes of halvings reach what the first ones left.
    return OptionalLong.of(setting.shape().features() * (1L + parameters.halvings() / 2));
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Searches.run(
        victim,
        clean,
        adversarial,
        run,
        row ->
            new PointwiseSearch(
                clean.pixels(),
                adversarial,
                row,
                parameters.halvings(),
                run.random(clean.sample(row))));
  }
}
