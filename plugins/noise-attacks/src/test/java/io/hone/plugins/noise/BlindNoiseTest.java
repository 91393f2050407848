package io.hone.plugins.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlindNoiseTest {
  private static final ImageShape SHAPE = new ImageShape(2, 20, 20);
  private static final ConstantClassifier STUBBORN = new ConstantClassifier(SHAPE, 1, 0);

  private final TestRun run = new TestRun(1);
  private final Batch clean = grey();
  private final Tensor noisy = clean.pixels().copy();

  @Test
  void uniformNoiseFillsItsInterval() {
    attack(new UniformNoise(), new UniformNoise.Params(0.2f, UniformNoise.Size.LINF, 1), STUBBORN);
    double[] noise = noise();
    assertThat(Arrays.stream(noise).map(Math::abs).max().orElseThrow())
        .isBetween(0.199, 0.2 + 1e-8);
    assertThat(Arrays.stream(noise).average().orElseThrow()).isCloseTo(0, within(0.012));
    double variance = Arrays.stream(noise).map(each -> each * each).average().orElseThrow();
    assertThat(variance).isCloseTo(0.04 / 3, within(0.001));
  }

  @Test
  void uniformNoiseHasTheLengthAskedForInL2() {
    attack(new UniformNoise(), new UniformNoise.Params(1.5f, UniformNoise.Size.L2, 1), STUBBORN);
    for (int row = 0; row < clean.size(); row++) {
      assertThat(Norm.L2.distance(noisy.row(row), clean.pixels().row(row)))
          .isBetween(1.4999, (double) 1.5f);
    }
  }

  @Test
  void oneDrawAsksNothing() {
    CountingVictim victim =
        attack(
            new UniformNoise(), new UniformNoise.Params(0.2f, UniformNoise.Size.LINF, 1), STUBBORN);
    assertThat(victim.calls()).isZero();
  }

  @Test
  void drawsAnewUntilTheModelErrs() {
    ExactClassifier model = new Threshold(pixels -> pixels[0] > 0.6);
    CountingVictim victim =
        attack(
            new UniformNoise(), new UniformNoise.Params(0.2f, UniformNoise.Size.LINF, 200), model);
    assertThat(model.predict(clean.images().with(noisy))).containsOnly(1);
    assertThat(IntStream.range(0, 3).mapToLong(row -> victim.forwardQueries(clean.sample(row))))
        .allMatch(queries -> queries < 60)
        .anyMatch(queries -> queries > 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4})
  void aBudgetEndsTheDraws(long budget) {
    CountingVictim victim = new CountingVictim(STUBBORN, Access.LABELS, budget, run);
    new UniformNoise()
        .attack(
            new UniformNoise.Params(0.2f, UniformNoise.Size.LINF, 9), victim, clean, noisy, run);
    assertThat(victim.forwardQueries(clean.sample(1))).isEqualTo(budget);
    assertThat(run.givenUp(clean.sample(1))).contains("budget");
    assertThat(noisy.row(1)).isNotEqualTo(clean.pixels().row(1));
  }

  @Test
  void nanEndsASampleWithAReason() {
    ExactClassifier broken = new NanClassifier(STUBBORN, pixels -> true);
    attack(new SaltAndPepper(), new SaltAndPepper.Params(0.5, 9, true), broken);
    assertThat(run.givenUp(clean.sample(0))).contains("nan");
  }

  @Test
  void saltAndPepperChangesItsShareOfThePixels() {
    attack(new SaltAndPepper(), new SaltAndPepper.Params(0.3, 1, true), STUBBORN);
    int white = 0;
    for (int row = 0; row < clean.size(); row++) {
      float[] image = noisy.row(row);
      int changed = 0;
      for (int pixel = 0; pixel < 400; pixel++) {
        assertThat(image[pixel]).isEqualTo(image[pixel + 400]).isIn(0f, 0.5f, 1f);
        changed += image[pixel] == 0.5f ? 0 : 1;
        white += image[pixel] == 1 ? 1 : 0;
      }
      assertThat(changed).isEqualTo(120);
    }
    assertThat(white).isBetween(140, 220);
  }

  @Test
  void saltAndPepperMayTreatChannelsApart() {
    attack(new SaltAndPepper(), new SaltAndPepper.Params(0.3, 1, false), STUBBORN);
    float[] image = noisy.row(0);
    long changed = IntStream.range(0, 800).filter(feature -> image[feature] != 0.5f).count();
    long apart =
        IntStream.range(0, 400).filter(pixel -> image[pixel] != image[pixel + 400]).count();
    assertThat(changed).isEqualTo(240);
    assertThat(apart).isGreaterThan(50);
  }

  @Test
  void saltAndPepperStopsWithTheFewestPixels() {
    // errs once ten pixels of the upper half are white or black
    ExactClassifier model =
        new Threshold(
            pixels -> IntStream.range(0, 200).filter(each -> pixels[each] != 0.5).count() >= 10);
    CountingVictim victim =
        attack(new SaltAndPepper(), new SaltAndPepper.Params(1, 400, true), model);
    for (int row = 0; row < clean.size(); row++) {
      float[] image = noisy.row(row);
      assertThat(IntStream.range(0, 200).filter(each -> image[each] != 0.5f).count()).isEqualTo(10);
      long changed = IntStream.range(0, 400).filter(each -> image[each] != 0.5f).count();
      assertThat(victim.forwardQueries(clean.sample(row))).isEqualTo(changed);
    }
  }

  private <P extends Record> CountingVictim attack(
      Attack<P> attack, P parameters, ExactClassifier model) {
    CountingVictim victim = new CountingVictim(model, attack.access(parameters), run);
    attack.attack(parameters, victim, clean, noisy, run);
    return victim;
  }

  private double[] noise() {
    return IntStream.range(0, 3 * SHAPE.features())
        .mapToDouble(index -> (double) noisy.buffer().get(index) - 0.5)
        .toArray();
  }

  private static Batch grey() {
    float[] pixels = new float[3 * SHAPE.features()];
    Arrays.fill(pixels, 0.5f);
    ImageBatch images = new ImageBatch(Tensor.of(pixels, 3, 2, 20, 20), new long[] {4, 5, 6});
    int[] none = {Batch.NO_TARGET, Batch.NO_TARGET, Batch.NO_TARGET};
    return new Batch(images, new int[3], none);
  }

  /** Errs, with class 1, where a condition holds. */
  private static final class Threshold extends ExactClassifier {
    private final Predicate<double[]> errs;

    Threshold(Predicate<double[]> errs) {
      super(SHAPE, 2);
      this.errs = errs;
    }

    @Override
    public double[] logits(double[] image) {
      return new double[] {0, errs.test(image) ? 1 : -1};
    }

    @Override
    public double[] pullBack(double[] image, double[] cotangent) {
      return new double[image.length];
    }
  }
}
