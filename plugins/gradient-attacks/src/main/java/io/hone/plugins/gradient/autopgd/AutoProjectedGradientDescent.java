package io.hone.plugins.gradient.autopgd;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.model.Loss;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.List;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Auto-PGD: projected gradient descent with momentum, whose step size follows each sample's own
 * progress, from a random start.
 *
 * <p>The best point of a sample is kept, and the step is halved from there where the loss falls too
 * rarely. In L1 a run goes through three balls, of three times and twice the radius and the radius
 * itself, and moves the steepest features only, fewer the sparser the best point is. A sample
 * leaves at its first success; an attempt that failed is the point with the smallest loss.
 *
 * <p>The loss {@code targeted-dlr} under an untargeted goal tries classes one after the other,
 * those with the largest logits of the clean image first; any class other than the label is a
 * success.
 *
 * <p>Where the first gradient in a ball is zero, the sample would never move: in Linf and L2 its
 * run ends, in L1 it goes on in the next ball.
 *
 * <p>Source: Croce and Hein 2020, algorithm 1; for L1 Croce and Hein 2021.
 */
@Named(
    id = "apgd",
    summary =
        "Descends the loss within a ball, with a step size that adapts itself to each sample.",
    references =
        "Croce and Hein 2020, Reliable evaluation of adversarial robustness with an ensemble of"
            + " diverse parameter-free attacks, algorithm 1; for L1 Croce and Hein 2021, Mind the"
            + " box: l1-APGD for sparse adversarial attacks on image classifiers",
    example = "{epsilon: 0.1, steps: 10}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula =
        "v = project(x_k - eta * sign(g_k)); x_(k+1) = project(x_k + 0.75 (v - x_k) + 0.25 (x_k -"
            + " x_(k-1))); in L2 along g / |g|; in L1 x_(k+1) = project(x_k - eta * s / |s|), s the"
            + " signs of the steepest features",
    cost =
        "restarts x gradients x (steps + 1) gradients, in L1 (steps + 3); for targeted-dlr times"
            + " targets, and 1 forward; fewer once a sample succeeds")
@Extension
public final class AutoProjectedGradientDescent
    implements Attack<AutoProjectedGradientDescent.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(
              value =
                  "Farthest that the image may move, in pixel values of [0, 1], measured in the"
                      + " norm.",
              def = "0.1",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(value = "Norm that epsilon is measured in.", def = "linf") Norm norm,
      @Param(value = "Number of steps of each run.", def = "100", min = 1) int steps,
      @Param(
              value =
                  "What is descended: cross-entropy, the difference of logits ratio (dlr), this"
                      + " ratio toward several classes (targeted-dlr), or the margin between two"
                      + " logits or two probabilities.",
              def = "cross-entropy")
          DescendedLoss loss,
      @Param(value = "How often to start at a random point, with all steps.", def = "1", min = 1)
          int restarts,
      @Param(
              value =
                  "How many classes targeted-dlr tries under an untargeted goal; no more than there"
                      + " are.",
              def = "9",
              min = 1)
          int targets,
      @Param(
              value =
                  "How many gradients are averaged in each step, for models whose answers are"
                      + " random. A sample then succeeds where more than half of the answers do.",
              def = "1",
              min = 1)
          int gradients,
      @Param(
              value =
                  "Whether a sample stops at its first success; otherwise it makes all the steps of"
                      + " a run and ends at its last success.",
              def = "true")
          boolean stopAtSuccess) {
    Ball ball() {
      return new Ball(norm, epsilon);
    }

    List<Stage> stages() {
      return Stage.of(ball(), steps);
    }

    private int classesTried(int classes) {
      return Math.min(targets, classes - 1);
    }
  }

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    DescendedLoss loss = parameters.loss();
    loss.substitute(setting.classes(), setting.targeted())
        .ifPresent(
            substitute ->
                run.notice(
                    "attack apgd: the model has %d classes, so the loss is %s"
                        .formatted(setting.classes(), substitute)));
    int others = parameters.classesTried(setting.classes());
    if (loss.triesClasses(setting.targeted()) && others < parameters.targets()) {
      run.notice(
          "attack apgd: the model has %d classes, so %d %s tried instead of the %d of 'targets'"
              .formatted(
                  setting.classes(), others, others == 1 ? "is" : "are", parameters.targets()));
    }
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    boolean triesClasses = parameters.loss().triesClasses(setting.targeted());
    long runs = parameters.restarts();
    if (triesClasses) {
      runs *= parameters.classesTried(setting.classes());
    }
    long looks = Stage.looks(parameters.stages());
    return OptionalLong.of(runs * looks * parameters.gradients() + (triesClasses ? 1 : 0));
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    run.checkCancelled();
    ActiveSamples unsolved = ActiveSamples.of(clean);
    Attempts attempts = new Attempts(adversarial);
    AdaptiveDescent descent = new AdaptiveDescent(parameters, victim, clean, attempts, run);
    Loss loss = parameters.loss().loss(clean.targeted());
    if (!parameters.loss().triesClasses(clean.targeted())) {
      descend(parameters.restarts(), descent, unsolved, loss, clean.goalClasses());
      return;
    }
    ClassRanking ranking = ClassRanking.ask(victim, unsolved, clean, run);
    for (int rank = 0; rank < parameters.classesTried(victim.classes()); rank++) {
      descend(parameters.restarts(), descent, unsolved, loss, ranking.classes(rank));
    }
  }

  private static void descend(
      int restarts, AdaptiveDescent descent, ActiveSamples unsolved, Loss loss, int[] classes) {
    for (int restart = 0; restart < restarts && !unsolved.isEmpty(); restart++) {
      descent.run(unsolved, loss, classes);
    }
  }
}
