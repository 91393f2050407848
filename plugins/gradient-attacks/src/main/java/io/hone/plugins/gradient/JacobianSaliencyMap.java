package io.hone.plugins.gradient;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Changes the two features that together help the target class most and the other classes least,
 * again and again, until the class is met.
 *
 * <p>With {@code a} the slope of the target's logit and {@code b} the summed slopes of all other
 * logits, the pair with the largest {@code -(a_p + a_q)(b_p + b_q)} is chosen among those with
 * {@code a_p + a_q > 0} and {@code b_p + b_q < 0} (signs swapped for a negative theta). Without a
 * target the roles swap: {@code a} is the sum over the other classes and {@code b} the label's
 * slope, as Wiyatno and Xu 2018 do ("NT-JSMA"). Slopes are those of the logits, as in the paper's
 * section IV, because those of the probabilities vanish.
 *
 * <p>A sample that fails keeps its clean image and is given up as {@code not-found} (no pair is
 * left, or as many changed as gamma allows), {@code budget}, {@code no-gradient} or {@code nan}.
 *
 * <p>Source: Papernot et al. 2016, "The Limitations of Deep Learning in Adversarial Settings",
 * algorithms 2 and 3.
 */
@Named(
    id = "jsma",
    summary = "Changes the most salient pair of features at a time, so that few features change.",
    references = "Papernot et al. 2016 (Limitations of Deep Learning), algorithms 2 and 3",
    example = "{theta: 1.0, gamma: 0.3}")
@AttackProfile(
    sparse = true,
    formula =
        "x'_p, x'_q = clip(x_p + theta), clip(x_q + theta) for the pair with the largest -(a_p +"
            + " a_q)(b_p + b_q); a = slope of Z_target, b = sum of the other classes' slopes",
    cost = "1 forward and 2 gradients a pair, at most gamma * features / 2 pairs, and 1 forward")
@Extension
public final class JacobianSaliencyMap implements Attack<JacobianSaliencyMap.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(
              value =
                  "What is added to each feature of a pair, in pixel values of [0, 1]; negative to"
                      + " darken.",
              def = "1.0",
              min = -1,
              max = 1,
              unit = Param.Unit.PIXEL)
          float theta,
      @Param(
              value =
                  "Largest share of the features that may change; half as many pairs are tried.",
              def = "0.145",
              min = 0,
              max = 1)
          float gamma) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    if (parameters.theta() == 0) {
      throw new BadInputException(
          "attack jsma: a theta of 0 changes nothing; use 1.0 to brighten or -1.0 to darken");
    }
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    double pairs = parameters.gamma() * setting.shape().features() / 2;
    return OptionalLong.of((long) (3 * pairs) + 1);
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    new SaliencySearch(parameters, victim, clean, adversarial, run).search();
  }
}
