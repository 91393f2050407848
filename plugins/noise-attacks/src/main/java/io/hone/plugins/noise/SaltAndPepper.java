package io.hone.plugins.noise;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.pf4j.Extension;

/**
 * Turns a growing share of the pixels black or white until the model errs.
 *
 * <p>Which pixel is next and what it becomes is drawn once for each sample, so that every attempt
 * holds those before it and the first success changes the fewest pixels of that order. The last
 * attempt, of the whole {@code amount}, stays where none succeeds. It is blind: whichever class
 * comes out, a target is met by chance only.
 */
@Named(
    id = "salt-and-pepper",
    summary = "Turns a growing share of the pixels black or white until the model errs.",
    references = "Baseline; Foolbox's salt-and-pepper noise",
    example = "{amount: 0.5, steps: 10}")
@AttackProfile(
    sparse = true,
    goals = AttackProfile.Goal.UNTARGETED,
    formula =
        "x'_i = 0 or 1 by chance for the first k / steps * amount of all pixels in a random order,"
            + " k = 1, 2, ... until the model errs",
    cost = "steps - 1 forwards, fewer once a sample succeeds")
@Extension
public final class SaltAndPepper implements Attack<SaltAndPepper.Params> {
  /** Parameters of the attack. */
  public record Params(
      @Param(value = "Largest share of the pixels to change.", def = "0.5", min = 0, max = 1)
          double amount,
      @Param(
              value = "In how many steps the share grows; with 1 the model is asked nothing.",
              def = "50",
              min = 1)
          int steps,
      @Param(
              value = "Whether all channels of a pixel change together, or each one on its own.",
              def = "true")
          boolean perPixel) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of(parameters.steps() - 1L);
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    ImageShape shape = clean.pixels().imageShape();
    int channels = parameters.perPixel() ? shape.channels() : 1;
    int places = shape.features() / channels;
    Grains[] grains =
        IntStream.range(0, clean.size())
            .mapToObj(row -> Grains.draw(places, run.random(clean.sample(row))))
            .toArray(Grains[]::new);
    Attempts.run(
        parameters.steps(),
        (image, row, attempt) -> {
          double share = parameters.amount() * (attempt + 1) / parameters.steps();
          grains[row].fall(image, channels, (int) Math.round(share * places));
        },
        victim,
        clean,
        adversarial,
        run);
  }

  /**
   * In which order places change, and what they become.
   *
   * @param white by place
   */
  private record Grains(int[] order, boolean[] white) {
    static Grains draw(int places, RandomGenerator random) {
      int[] order = IntStream.range(0, places).toArray();
      boolean[] white = new boolean[places];
      for (int last = places - 1; last >= 0; last--) {
        int drawn = random.nextInt(last + 1);
        int place = order[drawn];
        order[drawn] = order[last];
        order[last] = place;
        white[last] = random.nextBoolean();
      }
      return new Grains(order, white);
    }

    /** Changes so many places, each in all channels. */
    void fall(float[] image, int channels, int count) {
      for (int index = 0; index < count; index++) {
        int place = order[index];
        for (int channel = 0; channel < channels; channel++) {
          image[channel * order.length + place] = white[place] ? 1 : 0;
        }
      }
    }
  }
}
