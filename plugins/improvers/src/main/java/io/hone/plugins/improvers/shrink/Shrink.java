package io.hone.plugins.improvers.shrink;

import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.plugins.improvers.order.Order;
import io.hone.plugins.improvers.search.Gradients;
import io.hone.plugins.improvers.search.Searches;
import org.pf4j.Extension;

/**
 * Shortens the perturbation in L2 as far as the label allows; features that are restored stay so.
 *
 * <p>Of all perturbations that stay between the clean image and the example, the shortest one that
 * keeps a linear model's margin is its slope times a factor, cut at the example. So the next try
 * points where the present perturbation and the slope of the margin there point on the mean,
 * weighted by {@code pull}, cut at the example, and is shorter by the relative {@code step}, first
 * a half. A try that keeps the label is the new perturbation, from which the slope is taken anew,
 * and doubles the step up to a half; one that does not halves it, until it is smaller than the
 * tolerance. Without a pull all features shrink by one factor, and no gradient is asked.
 *
 * <p>A sample asks one query for its label, one for each try and one gradient for each try that
 * succeeded.
 */
@Named(
    id = "shrink",
    summary = "Shortens the perturbation in L2 along the model's slope as far as the label allows.",
    references =
        "Hone's own; the shortest step in a box as in Croce and Hein 2020 (FAB), section 2",
    example = "{tolerance: 0.02}")
@Extension
public final class Shrink implements Improver<Shrink.Params> {
  /** Parameters of the improver. */
  public record Params(
      @Param(
              value =
                  "How much the next direction follows the slope rather than the present"
                      + " perturbation; 0 shrinks all by one factor and needs labels only.",
              def = "0.5",
              min = 0,
              max = 1)
          double pull,
      @Param(
              value = "Smallest relative change of the L2 distance worth a query.",
              def = "0.01",
              min = 1e-6,
              max = 0.5)
          double tolerance) {}

  @Override
  public Access access(Params parameters) {
    return gradients(parameters) == Gradients.NONE ? Access.LABELS : Access.GRADIENTS;
  }

  private static Gradients gradients(Params parameters) {
    return parameters.pull() > 0 ? Order.GRADIENT : Gradients.NONE;
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Searches.run(
        victim,
        clean,
        adversarial,
        run,
        gradients(parameters),
        1,
        row -> new Shrinking(parameters, clean.pixels(), adversarial, row));
  }
}
