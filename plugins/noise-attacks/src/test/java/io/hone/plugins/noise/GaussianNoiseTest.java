package io.hone.plugins.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.NormalNumbers;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ConstantClassifier;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest {
  private static final ImageShape SHAPE = new ImageShape(1, 50, 50);
  private static final float SIGMA = 0.05f;

  private final TestRun run = new TestRun(1);
  private final CountingVictim victim =
      new CountingVictim(new ConstantClassifier(SHAPE, 1, 0), Access.LABELS, run);

  @Test
  void hasTheDeviationAskedForWhereNothingIsClipped() {
    double[] noise = noise(0.5f);
    DoubleSummaryStatistics statistics = Arrays.stream(noise).summaryStatistics();
    double variance = Arrays.stream(noise).map(each -> each * each).average().orElseThrow();
    // four standard errors over 10,000 numbers
    assertThat(statistics.getAverage()).isCloseTo(0, within(4 * SIGMA / 100.0));
    assertThat(Math.sqrt(variance)).isCloseTo(SIGMA, within(4 * SIGMA / 141.0));
    long within = Arrays.stream(noise).filter(each -> Math.abs(each) < SIGMA).count();
    assertThat(within / (double) noise.length).isCloseTo(0.6827, within(0.02));
  }

  @Test
  void isClippedToThePixelRange() {
    double[] noise = noise(1);
    assertThat(Arrays.stream(noise).max().orElseThrow()).isZero();
    long clipped = Arrays.stream(noise).filter(each -> each == 0).count();
    assertThat(clipped / (double) noise.length).isCloseTo(0.5, within(0.02));
  }

  @Test
  void differsBetweenSamples() {
    Tensor noisy = noisy(0.5f);
    assertThat(noisy.row(0)).isNotEqualTo(noisy.row(1));
  }

  @Test
  void asksTheModelNothing() {
    noisy(0.5f);
    assertThat(victim.calls()).isZero();
  }

  @Test
  void drawsUncorrelatedPairs() {
    NormalNumbers numbers = new NormalNumbers(new Random(5));
    double product =
        IntStream.range(0, 20_000)
            .mapToDouble(pair -> numbers.next() * numbers.next())
            .average()
            .orElseThrow();
    assertThat(product).isCloseTo(0, within(4 / Math.sqrt(20_000)));
  }

  private double[] noise(float pixel) {
    Tensor noisy = noisy(pixel);
    return IntStream.range(0, 4 * SHAPE.features())
        .mapToDouble(index -> (double) noisy.buffer().get(index) - pixel)
        .toArray();
  }

  private Tensor noisy(float pixel) {
    float[] pixels = new float[4 * SHAPE.features()];
    Arrays.fill(pixels, pixel);
    ImageBatch images =
        new ImageBatch(Tensor.of(pixels, 4, 1, 50, 50), new long[] {1, 2, 3, 1L << 40});
    int[] none = {Batch.NO_TARGET, Batch.NO_TARGET, Batch.NO_TARGET, Batch.NO_TARGET};
    Tensor adversarial = images.pixels().copy();
    new GaussianNoise()
        .attack(
            new GaussianNoise.Params(SIGMA),
            victim,
            new Batch(images, new int[4], none),
            adversarial,
            run);
    return adversarial;
  }
}
