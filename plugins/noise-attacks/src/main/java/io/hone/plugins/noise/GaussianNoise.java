package io.hone.plugins.noise;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.run.NormalNumbers;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import org.pf4j.Extension;

/**
 * Adds normally distributed noise to every feature and clips to [0, 1]; it asks the model nothing.
 *
 * <p>Source: Lim, "How to Create Adversarial Examples and Mitigate Adversarial Effects", section 4,
 * whose {@code noise_param} is {@code sigma}.
 */
@Named(
    id = "gaussian-noise",
    summary = "Adds normally distributed noise to every feature.",
    references =
        "Lim, How to Create Adversarial Examples and Mitigate Adversarial Effects, section 4",
    example = "{sigma: 0.1}")
@AttackProfile(
    formula = "x' = clip(x + sigma * n), n drawn from N(0, 1) for each feature",
    cost = "nothing",
    goals = AttackProfile.Goal.UNTARGETED)
@Extension
public final class GaussianNoise implements Attack<GaussianNoise.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(
              value = "Standard deviation in pixel values of [0, 1].",
              def = "0.1",
              min = 0,
              unit = Param.Unit.PIXEL)
          float sigma) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    float[] image = new float[adversarial.rowSize()];
    for (int row = 0; row < clean.size(); row++) {
      run.checkCancelled();
      NormalNumbers noise = new NormalNumbers(run.random(clean.sample(row)));
      clean.pixels().readRow(row, image);
      for (int feature = 0; feature < image.length; feature++) {
        double noisy = image[feature] + parameters.sigma() * noise.next();
        image[feature] = (float) Pixels.clip(noisy);
      }
      adversarial.setRow(row, image);
    }
  }
}
