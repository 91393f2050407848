package io.hone.plugins.improvers.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RankedTest {
  private static final long SAMPLE = 7;

  /** What each feature adds to the margin of class 1, whose limit is {@link #LIMIT}. */
  private static final double[] WEIGHTS = {0.1, 1, -0.5, 0.3, 0.2, 0.6, 0, -0.1};

  private static final double LIMIT = 1.05;

  private final TestRun run = new TestRun(1);

  @Test
  void restoresTheLeastImportantInGroupsThatHalveAfterFailures() {
    CountingVictim victim = victim(Order.GRADIENT, Long.MAX_VALUE, WEIGHTS);
    Tensor improved = ones(8);
    improve(params(Order.GRADIENT, 0, Rerank.NEVER, 1), victim, improved);
    // ascending: 2 7 6 0 | 4 3 | 5 1: four go, then two; of the last two the first fails alone
    assertThat(improved.row(0)).containsExactly(0, 1, 0, 0, 0, 1, 0, 0);
    assertThat(victim.gradientQueries(SAMPLE)).isEqualTo(1);
    assertThat(victim.forwardQueries(SAMPLE)).as("label, 4, 2, 1").isEqualTo(4);
  }

  @Test
  void startsWithTheGroupAskedForAndDoublesIt() {
    CountingVictim victim = victim(Order.SEQUENTIAL, Long.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0, 2);
    Tensor improved = ones(8);
    improve(params(Order.SEQUENTIAL, 1, Rerank.NEVER, 1), victim, improved);
    assertThat(improved.row(0)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(victim.forwardQueries(SAMPLE)).as("label, 1, 2, 2, 1, 1, 1").isEqualTo(7);
  }

  @Test
  void goesOnBehindAUnitThatFailsAsOftenAsAllowed() {
    // in sequence the first feature is needed; one failure ends it, without a limit the rest goes
    Tensor once = ones(4);
    improve(
        params(Order.SEQUENTIAL, 1, Rerank.NEVER, 1),
        victim(Order.SEQUENTIAL, Long.MAX_VALUE, 2, 0, 0, 0),
        once);
    assertThat(once.row(0)).containsExactly(1, 1, 1, 1);
    Tensor all = ones(4);
    improve(
        params(Order.SEQUENTIAL, 1, Rerank.NEVER, 0),
        victim(Order.SEQUENTIAL, Long.MAX_VALUE, 2, 0, 0, 0),
        all);
    assertThat(all.row(0)).containsExactly(1, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void everyOrderTriesEachUnitOnItsOwnInTheEnd(Order order) {
    double[] weights = {0.1, 1, 0.5, 0.3, 0.2, 0.6, 0, 0.05};
    Tensor improved = ones(8);
    improve(params(order, 0, Rerank.LEFT, 0), victim(order, Long.MAX_VALUE, weights), improved);
    double margin = -LIMIT;
    for (int feature = 0; feature < 8; feature++) {
      margin += weights[feature] * improved.get(0, feature);
    }
    assertThat(margin).isPositive();
    for (int feature = 0; feature < 8; feature++) {
      if (improved.get(0, feature) == 1) {
        assertThat(margin - weights[feature]).as("without %d", feature).isNegative();
      }
    }
  }

  @Test
  void letsUnitsChangePlacesWhereAllAreRankedAnew() {
    // the last feature's slope is 0 where it is set, so it goes first, and 3 once it is gone
    SaturatedClassifier model = new SaturatedClassifier();
    Tensor left = ones(3);
    improve(params(Order.GRADIENT, 1, Rerank.LEFT, 0), victim(model), left);
    assertThat(left.row(0)).containsExactly(1, 1, 0);
    Tensor all = ones(3);
    improve(params(Order.GRADIENT, 1, Rerank.ALL, 0), victim(model), all);
    assertThat(all.row(0)).containsExactly(0, 0, 1);
  }

  private CountingVictim victim(SaturatedClassifier model) {
    return new CountingVictim(model, Order.GRADIENT.access(), run);
  }

  /** Class 1 wins where {@code x0 + x1 + 3 min(x2, 0.7) > 1.5}: saturated in the last feature. */
  private static final class SaturatedClassifier extends ExactClassifier {
    SaturatedClassifier() {
      super(new ImageShape(1, 1, 3), 2);
    }

    @Override
    public double[] logits(double[] image) {
      return new double[] {1.5, image[0] + image[1] + 3 * Math.min(image[2], 0.7)};
    }

    @Override
    public double[] pullBack(double[] image, double[] cotangent) {
      return new double[] {cotangent[1], cotangent[1], image[2] < 0.7 ? 3 * cotangent[1] : 0};
    }
  }

  @Test
  void restoresTheSmallestChangesFirstWhereAsked() {
    Tensor example = Tensor.of(new float[] {0.9f, 0.1f, 0.5f, 0.3f}, 1, 1, 1, 4);
    CountingVictim victim = victim(Order.SIZE, 3, 1, 1, 1, 1);
    improve(params(Order.SIZE, 0, Rerank.NEVER, 1), victim, example);
    // the label, then the two smallest, which go, then the next one, which fails
    assertThat(example.row(0)).containsExactly(0.9f, 0, 0.5f, 0);
  }

  @Test
  void restoresPixelsWithAllTheirChannels() {
    ImageShape shape = new ImageShape(2, 1, 2);
    // the first pixel holds what the label needs, in its second channel only
    LinearClassifier model =
        new LinearClassifier(
            shape, new double[][] {new double[4], {0, 0, 2, 0}}, new double[] {1, 0});
    Tensor example = Tensor.of(new float[] {1, 1, 1, 1}, 1, 2, 1, 2);
    Ranked.Params pixels = new Ranked.Params(Order.GRADIENT, Unit.PIXEL, 0, Rerank.ALL, 0.5, 1);
    new Ranked()
        .improve(
            pixels,
            new CountingVictim(model, pixels.order().access(), run),
            batch(Tensor.images(1, shape)),
            example,
            run);
    assertThat(example.row(0)).containsExactly(1, 0, 1, 0);
  }

  @Test
  void keepsWhatWasConfirmedWhenTheBudgetEnds() {
    CountingVictim victim = victim(Order.GRADIENT, 3, WEIGHTS);
    Tensor improved = ones(8);
    improve(params(Order.GRADIENT, 0, Rerank.ALL, 1), victim, improved);
    assertThat(improved.row(0)).containsExactly(0, 1, 0, 1, 1, 1, 0, 0);
    assertThat(victim.remainingQueries(SAMPLE)).isZero();
  }

  private static Ranked.Params params(Order order, int group, Rerank rerank, int failures) {
    return new Ranked.Params(order, Unit.FEATURE, group, rerank, 0.5, failures);
  }

  private void improve(Ranked.Params params, CountingVictim victim, Tensor example) {
    Batch clean = batch(Tensor.images(1, example.imageShape()));
    new Ranked().improve(params, victim, clean, example, run);
  }

  private CountingVictim victim(Order order, long budget, double... weights) {
    ImageShape shape = new ImageShape(1, 1, weights.length);
    double[][] rows = {new double[weights.length], weights};
    return new CountingVictim(
        new LinearClassifier(shape, rows, new double[] {LIMIT, 0}), order.access(), budget, run);
  }

  private static Tensor ones(int features) {
    Tensor ones = Tensor.zeros(1, 1, 1, features);
    for (int feature = 0; feature < features; feature++) {
      ones.set(0, feature, 1);
    }
    return ones;
  }

  private static Batch batch(Tensor clean) {
    return new Batch(new ImageBatch(clean, new long[] {SAMPLE}), new int[] {0}, new int[] {1});
  }
}
