package io.hone.plugins.gradient;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Loss;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.pf4j.Extension;

/**
 * Projected gradient descent: steps of {@code bim} from a random point of the ball, over again from
 * other points while a sample has not succeeded.
 *
 * <p>Where no restart succeeds, the attempt with the smallest margin stays. Every restart ends with
 * one forward query that tells, except the only one. Source: Madry et al. 2018, section 2.1.
 */
@Named(
    id = "pgd",
    summary = "Descends the loss within a ball around the clean image, from random points.",
    references =
        "Madry et al. 2018, Towards Deep Learning Models Resistant to Adversarial Attacks,"
            + " section 2.1",
    example = "{epsilon: 0.1, steps: 10}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula =
        "x_0 drawn uniformly from the ball of epsilon around x; x_(k+1) = clip(project(x_k - step *"
            + " epsilon * sign(g_k))); in L2 along g / |g|, in L1 along its steepest 1 %",
    cost =
        "restarts x steps gradients, and restarts forwards if more than 1; fewer once a sample"
            + " succeeds")
@Extension
public final class ProjectedGradientDescent implements Attack<ProjectedGradientDescent.Params> {
  /** What is descended. */
  public enum Descended {
    /** Cross-entropy, whose gradient vanishes where the model is too sure. */
    CROSS_ENTROPY,
    /** The difference of the two logits that decide, whose gradient never vanishes. */
    MARGIN;

    private Loss loss(boolean targeted) {
      return this == MARGIN
          ? Loss.margin(targeted, Float.POSITIVE_INFINITY)
          : Loss.crossEntropy(targeted);
    }
  }

  /** Parameters of the attack. */
  public record Params(
      @Param(inline = true, def = "{step: 0.1, steps: 40}") StepBudget budget,
      @Param(
              value = "Whether to start at a random point of the ball, not at the clean image.",
              def = "true")
          boolean randomStart,
      @Param(
              value =
                  "How often to start, with all steps each time; without a random start every restart"
                      + " is the same.",
              def = "1",
              min = 1)
          int restarts,
      @Param(
              value = "What is descended: cross-entropy, or the margin between two logits.",
              def = "cross-entropy")
          Descended loss,
      @Param(
              value =
                  "Whether a sample stops at its first success; otherwise it makes all the steps of"
                      + " a restart and ends deeper in the wrong class.",
              def = "true")
          boolean stopAtSuccess) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    long restarts = parameters.restarts();
    return OptionalLong.of(restarts * parameters.budget().steps() + (restarts > 1 ? restarts : 0));
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Ball ball = parameters.budget().ball();
    Descent descent = parameters.budget().descent(parameters.stopAtSuccess());
    AttackObjective objective = AttackObjective.of(clean, parameters.loss().loss(clean.targeted()));
    RandomGenerator[] random =
        IntStream.range(0, clean.size())
            .mapToObj(row -> parameters.randomStart() ? run.random(clean.sample(row)) : null)
            .toArray(RandomGenerator[]::new);
    BestAttempts best = new BestAttempts(clean, adversarial);
    ActiveSamples unsolved = ActiveSamples.of(clean);
    for (int restart = 0; restart < parameters.restarts() && !unsolved.isEmpty(); restart++) {
      run.checkCancelled();
      if (restart > 0) {
        unsolved.keepPaying(victim, 1, run);
      }
      Tensor images = parameters.restarts() == 1 ? adversarial : clean.pixels().copy();
      if (parameters.randomStart()) {
        scatter(unsolved, clean, ball, random, images);
      }
      ActiveSamples active = unsolved.copy();
      boolean[] stopped = descent.run(victim, active, objective, clean, images, run);
      if (parameters.restarts() > 1) {
        supersedeReasons(active, run);
        best.take(victim, unsolved, stopped, images, run);
      }
    }
  }

  /** What ended an earlier restart says nothing of samples that made all steps of this one. */
  private static void supersedeReasons(ActiveSamples finished, Run run) {
    for (int index = 0; index < finished.size(); index++) {
      run.giveUp(finished.sample(index), Reason.NOT_FOUND);
    }
  }

  private static void scatter(
      ActiveSamples active, Batch clean, Ball ball, RandomGenerator[] random, Tensor images) {
    float[] image = new float[images.rowSize()];
    for (int index = 0; index < active.size(); index++) {
      int row = active.row(index);
      images.readRow(row, image);
      RandomStart.uniform(image, ball, clean.bounds(row), random[row]);
      images.setRow(row, image);
    }
  }
}
