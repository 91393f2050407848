package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.Optional;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Looks for the nearest adversarial example: steps a little beyond the linearised boundary, and
 * back toward the clean image after every crossing.
 *
 * <p>Every step projects both the image and the clean image onto the plane of the boundary, within
 * the bounds of every feature, and goes to a mixture of the two that is stretched by {@code eta}.
 * An image that crossed is kept if it is the nearest so far, and is then brought back to {@code
 * beta} of its distance. The projections are exact in every norm. They find the point in the bounds
 * that is nearest to the plane where no point of the plane is within the bounds.
 *
 * <p>Without {@code targets} each step looks at the boundaries of all other classes, as the paper
 * does, and costs one gradient for each of them. With {@code targets} there is one run toward each
 * of the most likely other classes, as in AutoAttack; a step then costs one gradient, however many
 * classes there are. Any class but the label is a success in both forms. A targeted goal has one
 * boundary: between its class and the largest of all others.
 *
 * <p>{@code epsilon} makes an example that is farther away count as none. A sample without an
 * example keeps its clean image and is given up as {@code not-found}, {@code budget}, {@code
 * no-gradient}, {@code nan} or {@code no-other-class}.
 *
 * <p>Source: Croce and Hein 2020, "Minimally distorted Adversarial Examples with a Fast Adaptive
 * Boundary Attack", algorithm 1; for {@code targets} their "Reliable evaluation of adversarial
 * robustness with an ensemble of diverse parameter-free attacks".
 */
@Named(
    id = "fab",
    summary = "Looks for the nearest adversarial example by steps along the class boundary.",
    references =
        "Croce and Hein 2020, Minimally distorted Adversarial Examples with a Fast Adaptive"
            + " Boundary Attack, algorithm 1",
    example = "{steps: 20, targets: 3}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula =
        "x_(k+1) = clip((1 - a) (x_k + eta d_k) + a (x + eta d)), with d_k and d the projections of"
            + " x_k and of x onto the nearest boundary's plane, and a = min(|d_k| / (|d_k| + |d|),"
            + " alpha-max); after a crossing x_(k+1) = x + beta (x_(k+1) - x)",
    cost =
        "at most targets x restarts x steps gradients and as many forwards; without targets one run,"
            + " in which a step takes a gradient for each other class; 1 + final-search forwards")
@Extension
public final class FastAdaptiveBoundary implements Attack<FastAdaptiveBoundary.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "Norm in which the nearest example is looked for.", def = "linf") Norm norm,
      @Param(
              value =
                  "Farthest that an example may be from the clean image, in pixel values of [0, 1],"
                      + " measured in the norm. Without it an example at any distance counts.",
              min = 0,
              unit = Param.Unit.RADIUS)
          Optional<Double> epsilon,
      @Param(
              value =
                  "Whether a sample ends at its first example within epsilon; otherwise the search"
                      + " goes on for a nearer example.",
              def = "false")
          boolean stopWithinEpsilon,
      @Param(
              value =
                  "How many runs to make for each sample, at most one for each other class. Each run"
                      + " goes toward one of the classes with the next largest logits of the clean"
                      + " image. Without it there is one run, in which every step looks at all"
                      + " classes. A targeted goal does not use it.",
              min = 1)
          Optional<Integer> targets,
      @Param(value = "Number of steps of a run.", def = "100", min = 1) int steps,
      @Param(
              value =
                  "How often each run starts: first at the clean image, then at random points. A random"
                      + " point is half as far away as the nearest example so far, or half of epsilon"
                      + " if that is less. A sample that has neither starts once.",
              def = "1",
              min = 1)
          int restarts,
      @Param(
              value = "Most that the projection of the clean image counts in a step.",
              def = "0.1",
              min = 0,
              max = 1)
          double alphaMax,
      @Param(
              value = "What a step to the boundary is multiplied by to cross it.",
              def = "1.05",
              min = 1)
          double eta,
      @Param(
              value =
                  "Share of its distance to the clean image that an image keeps after it crossed the"
                      + " boundary.",
              def = "0.9",
              min = 0,
              max = 1)
          double beta,
      @Param(
              value =
                  "Looks that are taken in the end for the boundary between the clean image and its"
                      + " nearest example.",
              def = "3",
              min = 0)
          int finalSearch) {

    Optional<Ball> ball() {
      return epsilon.map(radius -> new Ball(norm, radius));
    }
  }

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    if (parameters.stopWithinEpsilon() && parameters.epsilon().isEmpty()) {
      throw new BadInputException(
          "attack fab: stop-within-epsilon: true needs an epsilon; give epsilon, or remove"
              + " stop-within-epsilon to look for the nearest example");
    }
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    int others = Math.max(1, setting.classes() - 1);
    boolean pairs = parameters.targets().isPresent() && !setting.targeted();
    long runs = pairs ? Math.min(parameters.targets().get(), others) : 1;
    long gradients = pairs || setting.targeted() ? 1 : others;
    long steps = (long) parameters.restarts() * parameters.steps();
    return OptionalLong.of(1 + runs * steps * (gradients + 1) + parameters.finalSearch());
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    new BoundarySearch(parameters, victim, clean, adversarial, run).search();
  }
}
