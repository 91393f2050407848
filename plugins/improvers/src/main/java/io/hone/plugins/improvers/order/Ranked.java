package io.hone.plugins.improvers.order;

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
 * Restores groups of features in ascending order of importance and undoes what changes the label.
 *
 * <p>A group that is restored doubles the next one, up to half of what is left; one that changes
 * the label halves it. A single unit that changes the label stays and the next one is tried, until
 * so many failed in a row as {@code failures} says. After each restored group all is ranked anew by
 * the gradient there. With {@code rerank: all} the ranking takes in the units that are restored
 * already, and as many of the least important are restored next as were before and one group more:
 * units change places, which ends with far fewer features than any order that never goes back.
 *
 * <p>A sample asks one query for its label, one for each group and as many for each ranking as its
 * order takes: 1 for the gradient, 2 for the saliency, none otherwise.
 */
@Named(
    id = "ranked",
    summary = "Restores features in order of importance, in groups that halve after failures.",
    references =
        "order by gradient and groups after Nguyen et al., Method for Improving Quality of"
            + " Adversarial Examples; saliency: Papernot et al. 2016, equation 8",
    example = "{order: gradient}")
@Extension
public final class Ranked implements Improver<Ranked.Params> {
  /** Parameters of the improver. */
  public record Params(
      @Param(
              value =
                  "Importance by which features are restored, the least important first: slope of"
                      + " the margin times the change, saliency of the change (JSMA), size of the"
                      + " change, at random, or none.",
              def = "gradient")
          Order order,
      @Param(
              value = "What is restored as a whole: features, or pixels with all their channels.",
              def = "feature")
          Unit unit,
      @Param(
              value =
                  "Units in the first group; 0 for half of those that differ, the most it may be.",
              def = "0",
              min = 0)
          int group,
      @Param(
              value =
                  "What is ranked anew after each restored group, by gradients there: nothing, the"
                      + " units left, or all of them, so that units may change places. Orders"
                      + " without gradients are not ranked anew.",
              def = "all")
          Rerank rerank,
      @Param(
              value = "Weight of the gradients of earlier rankings in the next one.",
              def = "0.5",
              min = 0,
              max = 0.99)
          double memory,
      @Param(
              value =
                  "Units that may change the label on their own, one after the other, before the"
                      + " sample is done; 0 for no limit.",
              def = "1",
              min = 0)
          int failures) {}

  @Override
  public Access access(Params parameters) {
    return parameters.order().access();
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    long units = parameters.unit().count(setting.shape());
    // A group and a ranking halve what is left; without a limit about every second unit is tried.
    return OptionalLong.of(
        parameters.failures() > 0
            ? (long) Math.ceil(3 * Math.log(units) / Math.log(2))
            : units / 2);
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Searches.run(
        victim,
        clean,
        adversarial,
        run,
        parameters.order(),
        1,
        row ->
            new RankedRestoration(
                parameters,
                new Ranking(clean, adversarial, row, parameters.order(), parameters.unit(), run),
                adversarial,
                row));
  }
}
