package io.hone.plugins.optimization.lbfgs;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.model.Loss;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.Arrays;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * What the authors of the papers on "Method for Improving Quality of Adversarial Examples" run as
 * "box-constrained L-BFGS": steps along the plain gradient of {@code (1 - w) * MSE + w * CE},
 * clipped to [0, 1].
 *
 * <p>MSE is the mean squared change of a feature, CE the cross-entropy to the target (without one,
 * the negative cross-entropy to the label). As in their code it goes on after a success, so that
 * their figures can be compared. The last attempt is left where it fails; a sample whose budget
 * ends early is given up as {@code budget}, one whose gradient is not a number as {@code nan}, and
 * one that rests because the cross-entropy is flat as {@code no-gradient}. For the method itself
 * take {@code l-bfgs}.
 */
@Named(
    id = "l-bfgs-gd",
    summary = "Takes projected gradient steps on distance and loss, as published code of L-BFGS.",
    references = "The papers' authors' published code; after Szegedy et al. 2014",
    example = "{steps: 20}")
@AttackProfile(
    formula = "x' = clip(x' - step-size * gradient of ((1 - weight) * MSE(x', x) + weight * CE))",
    cost = "steps gradients, fewer where the cross-entropy is flat")
@Extension
public final class LbfgsGradientDescent implements Attack<LbfgsGradientDescent.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "How many steps to take.", def = "20", min = 1) int steps,
      @Param(
              value =
                  "What the gradient is multiplied with; the published code has 0.5, and 0.1 and"
                      + " 0.01 in other versions.",
              def = "0.5",
              min = 0)
          float stepSize,
      @Param(value = "Weight w of the cross-entropy.", def = "0.1", min = 0, max = 1)
          float weight) {}

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of(parameters.steps());
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    run.checkCancelled();
    ActiveSamples active = ActiveSamples.of(clean);
    for (int step = 0; step < parameters.steps(); step++) {
      active.keepPaying(victim, 1, run);
      if (active.isEmpty()) {
        return;
      }
      run.checkCancelled();
      Tensor gradient =
          victim
              .lossGradient(
                  active.images(adversarial),
                  Loss.crossEntropy(clean.targeted()),
                  active.goalClasses())
              .gradient();
      active.keep(
          sample -> {
            int row = active.row(sample);
            float[] image = adversarial.row(row);
            float[] slope = gradient.row(sample);
            if (!descend(parameters, image, clean.pixels().row(row), slope)) {
              return active.giveUp(sample, Reason.NAN, run);
            }
            // Where a step without a slope moves nothing, no later one does.
            if (isZero(slope) && Arrays.equals(image, adversarial.row(row))) {
              return active.giveUp(sample, Reason.NO_GRADIENT, run);
            }
            adversarial.setRow(row, image);
            return true;
          });
    }
  }

  private static boolean isZero(float[] slope) {
    for (float value : slope) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean descend(Params parameters, float[] image, float[] clean, float[] slope) {
    double near = 2 * (1 - (double) parameters.weight()) / image.length;
    for (int feature = 0; feature < image.length; feature++) {
      double gradient =
          near * (image[feature] - clean[feature]) + (double) parameters.weight() * slope[feature];
      double moved = image[feature] - parameters.stepSize() * gradient;
      if (Double.isNaN(moved)) {
        return false;
      }
      image[feature] = (float) Pixels.clip(moved);
    }
    return true;
  }
}
