package io.hone.plugins.gradient;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attacks of several steps against computation by hand. */
class IteratedStepsTest {
  private static final Batch GREY = Trial.single(0, 1, 0.5f, 0.5f, 0.5f, 0.5f);

  private static BasicIterative.Params bim(int steps, boolean stop) {
    return new BasicIterative.Params(new StepBudget(0.1f, 0.3, steps, Norm.LINF), stop);
  }

  @Test
  void bimAddsUpItsStepsWithinTheBall() {
    Batch clean = Trial.single(0, 1, 0.5f, 0.5f, 0.5f, 0.95f);
    assertThat(images(bim(2, false), clean))
        .containsExactly(new float[] {0.56f, 0.44f, 0.5f, 1}, within(1e-6f));
    assertThat(images(bim(9, false), clean))
        .containsExactly(new float[] {0.6f, 0.4f, 0.5f, 1}, within(1e-6f));
  }

  private static float[] images(BasicIterative.Params parameters, Batch clean) {
    return new Trial(new BasicIterative(), parameters, Trial.linear(0), clean).images.row(0);
  }

  @Test
  void bimStepsAlongTheGradientInL2() {
    BasicIterative.Params parameters =
        new BasicIterative.Params(new StepBudget(0.26f, 0.75, 3, Norm.L2), false);
    Trial trial = new Trial(new BasicIterative(), parameters, Trial.linear(0), GREY);
    assertThat(trial.images.row(0))
        .containsExactly(new float[] {0.56f, 0.42f, 0.5f, 0.74f}, within(1e-6f));
  }

  @Test
  void aSampleStopsAtItsFirstSuccess() {
    // the margin starts at -0.7, and every step of 0.03 adds 19 * 0.03 = 0.57
    Trial trial = new Trial(new BasicIterative(), bim(9, true), Trial.linear(-6.2), GREY);
    assertThat(trial.images.row(0))
        .containsExactly(new float[] {0.56f, 0.44f, 0.5f, 0.56f}, within(1e-6f));
    assertThat(trial.victim.gradientQueries(Trial.SAMPLE)).isEqualTo(3);
    assertThat(trial.victim.forwardQueries(Trial.SAMPLE)).isZero();
    assertThat(trial.run.givenUpSamples()).isEmpty();
    Trial whole = new Trial(new BasicIterative(), bim(9, false), Trial.linear(-6.2), GREY);
    assertThat(whole.victim.gradientQueries(Trial.SAMPLE)).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void aBudgetLeavesTheStepsThatItPaidFor(int budget) {
    Trial cut = new Trial(new BasicIterative(), bim(6, false), Trial.linear(0), budget, GREY);
    assertThat(cut.queries(Trial.SAMPLE)).isEqualTo(budget);
    assertThat(cut.run.givenUp(Trial.SAMPLE)).contains("budget");
    if (budget == 0) {
      assertThatTensor(cut.images).isSameAs(GREY.pixels());
    } else {
      assertThat(cut.images.row(0)).containsExactly(images(bim(budget, false), GREY));
    }
  }

  @Test
  void leastLikelyAsksForTheClassWhereTheGoalNamesNone() {
    LinearClassifier model =
        new LinearClassifier(
            Trial.SHAPE,
            new double[][] {{0, 0, 0, 0}, {3, -4, 0, 12}, {-3, 4, 0, -12}},
            new double[3]);
    BasicIterative.Params parameters =
        new BasicIterative.Params(new StepBudget(0.1f, 0.5, 2, Norm.LINF), false);
    Batch untargeted = Trial.single(1, Batch.NO_TARGET, 0.5f, 0.5f, 0.5f, 0.5f);
    Trial trial = new Trial(new LeastLikelyClass(), parameters, model, untargeted);
    assertThat(trial.images.row(0))
        .containsExactly(new float[] {0.4f, 0.6f, 0.5f, 0.4f}, within(1e-6f));
    assertThat(trial.victim.forwardQueries(Trial.SAMPLE)).isEqualTo(1);
    assertThat(trial.victim.gradientQueries(Trial.SAMPLE)).isEqualTo(2);

    Batch targeted = Trial.single(0, 1, 0.5f, 0.5f, 0.5f, 0.5f);
    Trial other = new Trial(new LeastLikelyClass(), parameters, model, targeted);
    assertThat(other.images.row(0))
        .containsExactly(new float[] {0.6f, 0.4f, 0.5f, 0.6f}, within(1e-6f));
    assertThat(other.victim.forwardQueries(Trial.SAMPLE)).isZero();
  }

  @Test
  void momentumGoesOnWhereTheGradientTurns() {
    // the attacker's loss has its valley at 0.5: plain steps go back and forth over it
    ExactClassifier valley = new Valley();
    Batch clean = new Batch(point(0.35f), new int[] {0}, new int[] {1});
    assertThat(momentum(2, valley, clean)).isCloseTo(0.75f, within(1e-6f));
    assertThat(momentum(0, valley, clean)).isCloseTo(0.35f, within(1e-6f));
    // one step there, none where the sum is zero
    assertThat(momentum(1, valley, clean)).isCloseTo(0.55f, within(1e-6f));
  }

  private static float momentum(double decay, ExactClassifier model, Batch clean) {
    MomentumIterative.Params parameters =
        new MomentumIterative.Params(new StepBudget(0.4f, 0.5, 2, Norm.LINF), decay, false);
    return new Trial(new MomentumIterative(), parameters, model, clean).images.get(0, 0);
  }

  @Test
  void momentumWithoutDecayedSumIsBim() {
    TinySamples samples = new TinySamples(new ImageShape(1, 4, 4), 20);
    Batch clean = samples.clean(false);
    Trial plain =
        new Trial(
            new BasicIterative(),
            new BasicIterative.Params(new StepBudget(0.2f, 0.25, 6, Norm.LINF), false),
            samples.classifier(),
            clean);
    Trial momentum =
        new Trial(
            new MomentumIterative(),
            new MomentumIterative.Params(new StepBudget(0.2f, 0.25, 6, Norm.LINF), 0, false),
            samples.classifier(),
            clean);
    assertThatTensor(momentum.images).isSameAs(plain.images);
  }

  @Test
  void aRandomStepOfNothingIsFgsm() {
    TinySamples samples = new TinySamples(new ImageShape(1, 4, 4), 20);
    Batch clean = samples.clean(true);
    Trial random =
        new Trial(
            new RandomFastGradientSign(),
            new RandomFastGradientSign.Params(0.1f, 0),
            samples.classifier(),
            clean);
    Trial plain =
        new Trial(
            new FastGradientSign(),
            new FastGradientSign.Params(0.1f, Norm.LINF),
            samples.classifier(),
            clean);
    assertThatTensor(random.images).isSameAs(plain.images);
  }

  @Test
  void aRandomStepComesBeforeTheGradientStep() {
    int forth = 0;
    for (long sample = 0; sample < 50; sample++) {
      Batch clean = new Batch(grey(sample), new int[] {0}, new int[] {1});
      Trial trial =
          new Trial(
              new RandomFastGradientSign(),
              new RandomFastGradientSign.Params(0.1f, 0.3),
              Trial.linear(0),
              clean);
      float[] image = trial.images.row(0);
      boolean added = image[0] > 0.58f;
      assertThat(image[0]).isCloseTo(added ? 0.6f : 0.54f, within(1e-6f));
      assertThat(Math.abs(image[2] - 0.5f)).isCloseTo(0.03f, within(1e-6f));
      assertThat(trial.victim.gradientQueries(sample)).isEqualTo(1);
      forth += added ? 1 : 0;
    }
    assertThat(forth).isBetween(10, 40);
  }

  @Test
  void theIteratedFormStartsWithARandomStepOfTheSameSize() {
    IteratedRandomFastGradientSign.Params parameters =
        new IteratedRandomFastGradientSign.Params(0.1f, 0.2, 3, false);
    Trial trial =
        new Trial(new IteratedRandomFastGradientSign(), parameters, Trial.linear(0), GREY);
    float[] image = trial.images.row(0);
    float start = image[0] > 0.57f ? 0.02f : -0.02f;
    assertThat(image[0]).isCloseTo(0.56f + start, within(1e-6f));
    assertThat(Math.abs(image[2] - 0.5f)).isCloseTo(0.02f, within(1e-6f));
    assertThat(trial.victim.gradientQueries(Trial.SAMPLE)).isEqualTo(3);
  }

  private static ImageBatch grey(long sample) {
    return new ImageBatch(
        Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, 1, 1, 2, 2), new long[] {sample});
  }

  private static ImageBatch point(float value) {
    return new ImageBatch(Tensor.of(new float[] {value}, 1, 1, 1, 1), new long[] {Trial.SAMPLE});
  }

  /** Images of one feature; class 1 is best at 0.5 and never wins. */
  private static final class Valley extends ExactClassifier {
    Valley() {
      super(new ImageShape(1, 1, 1), 2);
    }

    @Override
    public double[] logits(double[] image) {
      return new double[] {1, -(image[0] - 0.5) * (image[0] - 0.5)};
    }

    @Override
    public double[] pullBack(double[] image, double[] cotangent) {
      return new double[] {-2 * (image[0] - 0.5) * cotangent[1]};
    }
  }
}
