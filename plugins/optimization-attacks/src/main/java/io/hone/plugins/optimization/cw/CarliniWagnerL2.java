package io.hone.plugins.optimization.cw;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Minimises squared L2 distance plus a weighted function of the goal, and searches the weight.
 *
 * <p>For each sample apart: the weight c grows tenfold until an adversarial example is found, then
 * its interval is halved; for each c the optimiser starts at the clean image, and again at random
 * points if {@code starts} is more than 1. Every image on the way that meets the goal (by its
 * largest logit, and with the confidence asked for) is a candidate; the nearest to the clean image
 * is the result. A sample for which there is none keeps its clean image.
 *
 * <p>Where it differs from Carlini's code: distance is measured to the clean image itself, a
 * descent is given up per sample, never on the sum of a batch, and a candidate is taken before the
 * descent is given up.
 */
@Named(
    id = "cw-l2",
    summary = "Minimises the L2 distance and a weighted loss together, and searches the weight.",
    references = "Carlini and Wagner 2017, sections IV-V and VI-A",
    example = "{iterations: 30, search-steps: 4}")
@AttackProfile(
    norms = Norm.L2,
    formula =
        "min over x' in [0, 1] of |x' - x|^2 + c f(x'); f1 = -log(F_t) - 1,"
            + " f2 = max(0, max_i F_i - F_t), f3 = softplus(max_i F_i - F_t) - log 2,"
            + " f4 = max(0, 0.5 - F_t), f5 = -log(2 F_t),"
            + " f6 = max(0, max_i Z_i - Z_t + kappa), f7 = softplus(max_i Z_i - Z_t + kappa) - log 2,"
            + " i over all classes but t; untargeted, F_t becomes 1 - F_y and differences are of y"
            + " and its largest rival",
    cost =
        "search-steps x starts x iterations gradients at most; with f2 and f3 as many forward"
            + " queries beside them")
@Extension
public final class CarliniWagnerL2 implements Attack<CarliniWagnerL2.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "Function f that says how far an image is from the goal.", def = "f6")
          GoalFunction function,
      @Param(value = "How the image is kept in [0, 1].", def = "change-of-variables")
          BoxConstraint box,
      @Param(value = "How the gradient is followed.", def = "adam") Optimiser optimiser,
      @Param(
              value = "Steps of each descent, one gradient each; Carlini's code takes 10000.",
              def = "1000",
              min = 1)
          int iterations,
      @Param(value = "Weights c that are tried, one after the other.", def = "9", min = 1)
          int searchSteps,
      @Param(value = "First weight c.", def = "0.001", min = 1e-30, max = 1e10)
          double initialWeight,
      @Param(value = "Learning rate of the optimiser.", def = "0.01", min = 0) float learningRate,
      @Param(
              value = "Share of the velocity that stays, for momentum and nesterov.",
              def = "0.9",
              min = 0,
              max = 1)
          float momentum,
      @Param(
              value =
                  "kappa: by how much the goal's logit must exceed its rivals; for f6 and f7 only.",
              def = "0",
              min = 0)
          float confidence,
      @Param(
              value = "Starting points of each weight: the clean image, then random ones.",
              def = "1",
              min = 1)
          int starts,
      @Param(
              value =
                  "L2 distance of random starting points while nothing is found; afterwards that of"
                      + " the best example.",
              def = "1",
              min = 0)
          double startRadius,
      @Param(
              value =
                  "Whether a sample's descent ends once the objective fell by less than a ten"
                      + " thousandth in a tenth of the iterations.",
              def = "true")
          boolean abort) {
    /** Returns Carlini's choice, f6 with a change of variables and Adam, of this length. */
    public static Params of(int iterations, int searchSteps) {
      return new Params(
          GoalFunction.F6,
          BoxConstraint.CHANGE_OF_VARIABLES,
          Optimiser.ADAM,
          iterations,
          searchSteps,
          1e-3,
          0.01f,
          0.9f,
          0,
          1,
          1,
          true);
    }

    /** Returns the same with another function, box constraint and optimiser. */
    public Params with(GoalFunction otherFunction, BoxConstraint otherBox, Optimiser other) {
      return new Params(
          otherFunction,
          otherBox,
          other,
          iterations,
          searchSteps,
          initialWeight,
          learningRate,
          momentum,
          confidence,
          starts,
          startRadius,
          abort);
    }
  }

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    if (parameters.confidence() > 0 && !parameters.function().knowsConfidence()) {
      throw new BadInputException(
          "cw-l2: confidence has a meaning for f6 and f7 only, which look at logits: leave it out"
              + " or choose one of them");
    }
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    long descents = (long) parameters.searchSteps() * parameters.starts();
    return OptionalLong.of(descents * parameters.iterations());
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    boolean targeted = clean.targeted();
    FunctionQuery query = new FunctionQuery(parameters.function(), targeted);
    new BatchedSearch(
            query,
            victim,
            clean,
            run,
            row ->
                new L2Search(
                    parameters,
                    targeted,
                    clean.pixels().row(row),
                    new Finding(adversarial, row),
                    () -> run.random(clean.sample(row))))
        .run();
  }
}
