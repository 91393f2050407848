package io.hone.plugins.blackbox.square;

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
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.pf4j.Extension;

/**
 * The Square Attack: a random search that changes one square of the image at a time and keeps what
 * lowers the loss.
 *
 * <p>Images use the ball of {@code epsilon} up to its border. A sample that fails keeps the image
 * with the lowest loss. Source: Andriushchenko et al. 2020, algorithms 1 to 3; the form for L1 is
 * that of AutoAttack (Croce and Hein 2021, "Mind the Box").
 */
@Named(
    id = "square",
    summary = "Changes one square of the image after another and keeps what lowers the loss.",
    references =
        "Andriushchenko et al. 2020, Square Attack, algorithms 1 to 3; Croce and Hein 2021, Mind the"
            + " Box (L1)",
    example = "{epsilon: 0.2, queries: 100}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    bounds = true,
    formula =
        "x_(k+1) = x_k with one square changed if that lowers the loss, else x_k; in linf each channel of"
            + " the square becomes clip(x + epsilon) or clip(x - epsilon); in l2 and l1 the square gets"
            + " the part of epsilon that another square had",
    cost = "restarts x queries forwards, fewer once a sample succeeds")
@Extension
public final class SquareAttack implements Attack<SquareAttack.Params> {
  /** What a change has to lower. */
  public enum Lowered {
    /** The difference of the two logits that decide. */
    MARGIN,
    /** Cross-entropy, in which all classes have a part. */
    CROSS_ENTROPY;

    private Loss loss(boolean targeted) {
      return this == MARGIN
          ? Loss.margin(targeted, Float.POSITIVE_INFINITY)
          : Loss.crossEntropy(targeted);
    }
  }

  /** Parameters of the attack. */
  public record Params(
      @Param(
              value =
                  "Farthest that the image may move, in pixel values of [0, 1], measured in the norm.",
              def = "0.1",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(value = "Norm that epsilon is measured in.", def = "linf") Norm norm,
      @Param(
              value =
                  "Number of images of a sample that the model is asked about, the first included.",
              def = "5000",
              min = 1)
          int queries,
      @Param(
              value =
                  "Share of the pixels that the first squares have; later ones have a half, a quarter"
                      + " and so on down to 1/512.",
              def = "0.8",
              min = 0,
              max = 1)
          double p,
      @Param(
              value =
                  "Whether squares become smaller in proportion to the number of queries; otherwise"
                      + " they do so after 10, 50, 200, 500, 1000, 2000, 4000, 6000 and 8000 queries.",
              def = "true")
          boolean rescaleSchedule,
      @Param(
              value =
                  "What a change has to lower: the margin between the two logits that decide, or"
                      + " cross-entropy.",
              def = "margin")
          Lowered loss,
      @Param(
              value = "How often to start, with all queries each time, while a sample fails.",
              def = "1",
              min = 1)
          int restarts) {}

  @Override
  public Access access(Params parameters) {
    return Access.SCORES;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of((long) parameters.restarts() * parameters.queries());
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    run.checkCancelled();
    ActiveSamples unsolved = ActiveSamples.of(clean);
    if (victim.classes() < 2) {
      unsolved.keep(index -> unsolved.giveUp(index, Reason.NO_OTHER_CLASS, run));
      return;
    }
    Squares squares = squares(parameters, clean);
    unsolved.keep(index -> squares.canMove(unsolved.row(index)));
    RandomGenerator[] random =
        IntStream.range(0, clean.size())
            .mapToObj(row -> run.random(clean.sample(row)))
            .toArray(RandomGenerator[]::new);
    Loss loss = parameters.loss().loss(clean.targeted());
    double[] lowest = new double[clean.size()];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    for (int restart = 0; restart < parameters.restarts() && !unsolved.isEmpty(); restart++) {
      Tensor best = restart == 0 ? adversarial : clean.pixels().copy();
      double[] reached =
          new SquareSearch(victim, clean, squares, loss, random, best, run)
              .run(unsolved, parameters.queries());
      for (int row = 0; row < clean.size(); row++) {
        if (reached[row] < lowest[row]) {
          lowest[row] = reached[row];
          if (best != adversarial) {
            adversarial.copyRow(row, best, row);
          }
        }
      }
    }
  }

  private static Squares squares(Params parameters, Batch clean) {
    Ball ball = new Ball(parameters.norm(), parameters.epsilon());
    SquareSchedule schedule =
        new SquareSchedule(parameters.p(), parameters.queries(), parameters.rescaleSchedule());
    return parameters.norm() == Norm.LINF
        ? new CornerSquares(clean, ball, schedule)
        : new PyramidSquares(clean, ball, schedule);
  }
}
