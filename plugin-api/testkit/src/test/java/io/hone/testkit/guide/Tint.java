package io.hone.testkit.guide;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import org.pf4j.Extension;

/** Makes the whole image darker by growing amounts until the goal is met. */
@Named(
    id = "tint",
    summary = "Makes the whole image darker by growing amounts until the goal is met.",
    example = "{epsilon: 0.3, steps: 5}")
@AttackProfile(
    norms = Norm.LINF,
    formula = "x' = clip(x - epsilon * k / steps), k = 1, 2, ... until the goal is met",
    cost = "steps forwards, fewer once a sample succeeds")
@Extension
public final class Tint implements Attack<Tint.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(
              value = "Farthest that a feature moves, in pixel values of [0, 1].",
              def = "0.3",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(value = "Number of amounts that are tried.", def = "10", min = 1) int steps) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of(parameters.steps());
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    Ball ball = new Ball(Norm.LINF, parameters.epsilon());
    ActiveSamples unsolved = ActiveSamples.of(clean);
    for (int step = 1; step <= parameters.steps() && !unsolved.isEmpty(); step++) {
      run.checkCancelled();
      unsolved.keepPaying(victim, 1, run);
      float amount = (float) (ball.radius() * step / parameters.steps());
      for (int index = 0; index < unsolved.size(); index++) {
        int row = unsolved.row(index);
        adversarial.setRow(row, darkened(clean.pixels().row(row), amount, ball));
      }
      int[] predicted = victim.predict(unsolved.images(adversarial));
      unsolved.keep(
          index ->
              predicted[index] < 0
                  ? unsolved.giveUp(index, Reason.NAN, run)
                  : !unsolved.succeeds(index, predicted[index]));
    }
  }

  private static float[] darkened(float[] center, float amount, Ball ball) {
    float[] image = center.clone();
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] -= amount;
    }
    ball.project(image, center);
    return image;
  }
}
