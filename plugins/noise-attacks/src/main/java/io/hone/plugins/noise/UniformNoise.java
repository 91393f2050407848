package io.hone.plugins.noise;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.NormChoice;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.pf4j.Extension;

/**
 * Adds uniformly distributed noise to every feature and clips to [0, 1]: the baseline that an
 * attack of the same {@code epsilon} has to beat.
 *
 * <p>With {@code repeats} it draws anew until the model errs, as Foolbox's repeated additive noise
 * does; the last draw stays where none succeeds. It is blind: whichever class comes out, a target
 * is met by chance only.
 */
@Named(
    id = "uniform-noise",
    summary = "Adds uniformly distributed noise to every feature.",
    references = "Baseline; Foolbox's (repeated) additive uniform noise",
    example = "{epsilon: 0.1, repeats: 3}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2},
    goals = AttackProfile.Goal.UNTARGETED,
    formula =
        "x' = clip(x + epsilon * u), u drawn uniformly from [-1, 1] for each feature; in L2"
            + " x' = clip(x + epsilon * u / |u|)",
    cost = "repeats - 1 forwards, fewer once a sample succeeds")
@Extension
public final class UniformNoise implements Attack<UniformNoise.Params> {
  /** What the size of the noise is measured in. */
  public enum Size implements NormChoice {
    /** Each feature moves by at most epsilon. */
    LINF(Norm.LINF),
    /** The image moves by epsilon, before it is clipped. */
    L2(Norm.L2);

    private final Norm norm;

    Size(Norm norm) {
      this.norm = norm;
    }

    @Override
    public Norm norm() {
      return norm;
    }
  }

  /** Parameters of the attack. */
  public record Params(
      @Param(
              value = "Size of the noise in pixel values of [0, 1], measured in the norm.",
              def = "0.1",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(value = "Norm that the noise is measured in.", def = "linf") Size norm,
      @Param(value = "How often noise is drawn at most until the model errs.", def = "1", min = 1)
          int repeats) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of(parameters.repeats() - 1L);
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    RandomGenerator[] random =
        IntStream.range(0, clean.size())
            .mapToObj(row -> run.random(clean.sample(row)))
            .toArray(RandomGenerator[]::new);
    Ball ball = new Ball(parameters.norm().norm(), parameters.epsilon());
    Attempts.run(
        parameters.repeats(),
        (image, row, attempt) -> add(image, ball, random[row]),
        victim,
        clean,
        adversarial,
        run);
  }

  private static void add(float[] image, Ball ball, RandomGenerator random) {
    float[] center = image.clone();
    double[] noise = new double[image.length];
    double sum = 0;
    for (int feature = 0; feature < noise.length; feature++) {
      noise[feature] = 2 * random.nextDouble() - 1;
      sum += noise[feature] * noise[feature];
    }
    double factor = (float) ball.radius() / (ball.norm() == Norm.L2 ? Math.sqrt(sum) : 1);
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] += (float) (factor * noise[feature]);
    }
    ball.project(image, center);
  }
}
