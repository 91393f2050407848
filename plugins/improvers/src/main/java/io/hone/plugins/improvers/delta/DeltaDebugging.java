package io.hone.plugins.improvers.delta;

import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.plugins.improvers.order.Order;
import io.hone.plugins.improvers.order.Ranking;
import io.hone.plugins.improvers.order.Unit;
import io.hone.plugins.improvers.search.Searches;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Delta debugging on the set of features that differ: ends where no single one can be restored.
 *
 * <p>The set is cut into chunks. Where the label survives without a chunk, that one is restored and
 * the next one tried; where a whole round restores none, there are twice as many chunks, until each
 * holds one unit. With {@code alone}, one chunk that keeps the label by itself becomes the set
 * first, cut in two. What is left is 1-minimal: the label changes with every unit that is restored.
 * A sample asks one query for its label, one ranking where the order needs gradients, and one for
 * each try: about 2 log n for n units of which one is needed, n squared at worst.
 */
@Named(
    id = "ddmin",
    summary = "Restores features by delta debugging until no single one can be restored.",
    references = "Zeller and Hildebrandt 2002, section 3.3",
    example = "{chunks: 2}")
@Extension
public final class DeltaDebugging implements Improver<DeltaDebugging.Params> {
  /** Parameters of the improver. */
  public record Params(
      @Param(
              value =
                  "Order in which units are cut into chunks: slope of the margin times the change,"
                      + " saliency of the change (JSMA), size of the change, at random, or none.",
              def = "sequential")
          Order order,
      @Param(
              value = "What is restored as a whole: features, or pixels with all their channels.",
              def = "feature")
          Unit unit,
      @Param(
              value =
                  "Chunks at first: 2 in the paper; many save queries where little is left, as"
                      + " after `ranked`.",
              def = "2",
              min = 2)
          int chunks,
      @Param(
              value =
                  "Whether to try each chunk alone too, as in the paper: the result is as minimal"
                      + " without, for two thirds of the queries.",
              def = "false")
          boolean alone) {}

  @Override
  public Access access(Params parameters) {
    return parameters.order().access();
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    long units = parameters.unit().count(setting.shape());
    return OptionalLong.of(parameters.alone() ? units + units / 2 : units);
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
            new DeltaSearch(
                parameters,
                new Ranking(clean, adversarial, row, parameters.order(), parameters.unit(), run),
                adversarial,
                row));
  }
}
