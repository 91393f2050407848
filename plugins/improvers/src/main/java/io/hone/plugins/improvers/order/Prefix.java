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
 * Ranks all features once and restores the longest run of the least important ones that keeps the
 * label.
 *
 * <p>Several lengths are tried in one inference, evenly spaced between the longest one known to
 * keep the label and the shortest one known not to; then as many between those two, until they are
 * neighbours. A sample asks one query for its label, those of one ranking, and for {@code n}
 * features that differ and {@code k} lengths at a time about {@code k log(n) / log(k + 1)} more.
 */
@Named(
    id = "prefix",
    summary = "Restores as many of the least important features as the label allows, all at once.",
    references =
        "Nguyen et al., Method for Improving Quality of Adversarial Examples: a variant in the"
            + " authors' code tries 101 lengths in one batch",
    example = "{order: gradient, lengths: 4}")
@Extension
public final class Prefix implements Improver<Prefix.Params> {
  /** Parameters of the improver. */
  public record Params(
      @Param(
              value =
                  "Importance by which features are ranked: slope of the margin times the change,"
                      + " saliency of the change (JSMA), size of the change, at random, or none.",
              def = "gradient")
          Order order,
      @Param(
              value = "What is restored as a whole: features, or pixels with all their channels.",
              def = "feature")
          Unit unit,
      @Param(
              value =
                  "Lengths tried in one inference: 1 needs the fewest queries, more need fewer"
                      + " inferences and find longer runs where the label comes back.",
              def = "1",
              min = 1,
              max = 10000)
          int lengths) {}

  @Override
  public Access access(Params parameters) {
    return parameters.order().access();
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    double rounds =
        Math.log(parameters.unit().count(setting.shape())) / Math.log(parameters.lengths() + 1.0);
    return OptionalLong.of(2 + (long) Math.ceil(parameters.lengths() * rounds));
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Order order = parameters.order();
    Searches.run(
        victim,
        clean,
        adversarial,
        run,
        order,
        parameters.lengths(),
        row ->
            new PrefixSearch(
                new Ranking(clean, adversarial, row, order, parameters.unit(), run),
                parameters.lengths(),
                order.queries() > 0,
                adversarial,
                row));
  }
}
