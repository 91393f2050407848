package io.hone.plugins.optimization.lbfgs;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.Arrays;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Minimises {@code |x' - x|^2 + c * loss} in [0, 1] with L-BFGS-B, for the least weight c whose
 * minimum is adversarial.
 *
 * <p>Szegedy et al. write {@code c |r| + loss} and look for the least c that succeeds; the weight
 * is here on the loss, with the squared distance, as in the libraries that carried the attack since
 * and in Carlini and Wagner's account of it: the minima are the same, and the distance is smooth at
 * 0. The weight grows tenfold until the minimum is adversarial and is bisected then; every
 * minimisation starts at the clean image. The loss is cross-entropy to the target; without one,
 * {@code -log(1 - F_label)}, because the logarithm of the label's own probability is flat where the
 * model is sure. Every point evaluated may be the result: the adversarial one nearest in L2.
 *
 * <p>A sample on which none is found keeps its clean image and is given up as {@code not-found},
 * {@code no-gradient}, {@code nan} or {@code budget}. Keeps {@code 16 * memory} bytes a feature of
 * each sample of a batch. Source: Szegedy et al. 2014, section 4.1; Byrd, Lu, Nocedal and Zhu 1995.
 */
@Named(
    id = "l-bfgs",
    summary = "Minimises distance and loss together with box-constrained L-BFGS.",
    references = "Szegedy et al. 2014, section 4.1; Byrd et al. 1995 (L-BFGS-B)",
    example = "{search-steps: 5}")
@AttackProfile(
    norms = Norm.L2,
    formula =
        "minimise |x' - x|^2 + c * loss over [0, 1]; loss = -log F_target, or -log(1 - F_label);"
            + " least c whose minimum is adversarial",
    cost =
        "1 gradient (targeted), or 1 forward and 1 gradient, for each point; about 1.2 points an"
            + " iteration, at most search-steps * iterations * 20")
@Extension
public final class LimitedMemoryBfgs implements Attack<LimitedMemoryBfgs.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "How many weights c to try.", def = "5", min = 1) int searchSteps,
      @Param(value = "The first weight c of the loss.", def = "0.01", min = 1e-12) double constant,
      @Param(value = "Most iterations of L-BFGS-B for each weight.", def = "1000", min = 1)
          int iterations,
      @Param(value = "How many steps L-BFGS-B remembers.", def = "10", min = 1, max = 100)
          int memory,
      @Param(
              value =
                  "Relative decrease of the objective below which a minimisation ends. SciPy's"
                      + " 2.22e-9 costs about six times the queries for distances 0.3 percent"
                      + " shorter (LeNet-5, MNIST).",
              def = "1e-5",
              min = 0)
          double tolerance,
      @Param(
              value = "Largest projected gradient at which a minimisation ends.",
              def = "1e-5",
              min = 0)
          double slope) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    double points = 1.2 * parameters.searchSteps() * parameters.iterations();
    return OptionalLong.of((long) (setting.targeted() ? points : 2 * points));
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    run.checkCancelled();
    GoalLoss loss = new GoalLoss(victim, clean.targeted());
    LbfgsSearch[] searches = searches(parameters, clean);
    ActiveSamples active = ActiveSamples.of(clean);
    Tensor asked = clean.pixels().copy();
    while (true) {
      run.checkCancelled();
      active.keepPaying(victim, loss.queries(), run);
      if (active.isEmpty()) {
        break;
      }
      long[] samples = new long[active.size()];
      for (int sample = 0; sample < samples.length; sample++) {
        samples[sample] = active.sample(sample);
        asked.setRow(sample, searches[active.row(sample)].asked());
      }
      ImageEvaluation[] told =
          loss.evaluate(new ImageBatch(asked.rows(0, samples.length), samples), active);
      for (int sample = 0; sample < told.length; sample++) {
        searches[active.row(sample)].tell(told[sample]);
      }
      active.keep(sample -> unfinished(searches[active.row(sample)], active.sample(sample), run));
    }
    for (int row = 0; row < searches.length; row++) {
      if (searches[row].nearest() != null) {
        adversarial.setRow(row, searches[row].nearest());
      }
    }
  }

  private static LbfgsSearch[] searches(Params parameters, Batch clean) {
    BoundedMinimizer.Settings settings =
        new BoundedMinimizer.Settings(
            parameters.memory(),
            parameters.iterations(),
            parameters.tolerance(),
            parameters.slope());
    LbfgsSearch[] searches = new LbfgsSearch[clean.size()];
    Arrays.setAll(
        searches,
        row ->
            new LbfgsSearch(
                clean.pixels().row(row),
                new WeightSearch(parameters.constant(), parameters.searchSteps()),
                settings));
    return searches;
  }

  private static boolean unfinished(LbfgsSearch search, long sample, Run run) {
    if (search.running()) {
      return true;
    }
    if (search.nearest() == null) {
      run.giveUp(sample, search.obstacle());
    }
    return false;
  }
}
