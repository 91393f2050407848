package io.hone.plugins.improvers;

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
 * Restores blocks of features to their clean values and undoes what changes the label: Algorithm 1
 * of "Method for Improving Quality of Adversarial Examples".
 *
 * <p>Differences that vanish on the 8-bit grid are restored first, all at once. Then the features
 * that differ are listed in the order row, column, channel and restored {@code step} at a time; the
 * next pass lists them again and halves the block, down to 1. A sample asks one query for its
 * label, one for the vanishing differences where it has some, and one for each block; all samples
 * of a batch advance together. Where the budget ends, what was restored so far stays.
 */
@Named(
    id = "greedy",
    summary = "Restores blocks of features as long as the predicted class stays the same.",
    references = "Nguyen et al., Method for Improving Quality of Adversarial Examples, Algorithm 1",
    example = "{step: 6}")
@Extension
public final class Greedy implements Improver<Greedy.Params> {
  /** Parameters of the improver. */
  public record Params(
      @Param(
              value = "Features restored at a time in the first pass; later passes halve it.",
              def = "6",
              min = 1)
          int step) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of(
        1 + (long) Math.ceil((double) setting.shape().features() / parameters.step()));
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Searches.run(
        victim,
        clean,
        adversarial,
        run,
        row -> new Restoration(clean.pixels(), adversarial, row, parameters.step()));
  }
}
