package io.hone.plugins.gradient;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import io.hone.api.victim.ActiveSamples;
import io.hone.plugins.gradient.ProjectedGradientDescent.Descended;
import io.hone.plugins.gradient.ProjectedGradientDescent.Params;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectedGradientDescentTest {
  private static final Batch GREY = Trial.single(0, 1, 0.5f, 0.5f, 0.5f, 0.5f);

  private static Params parameters(float epsilon, Norm norm, int restarts) {
    return new Params(
        new StepBudget(epsilon, 0.25, 4, norm), true, restarts, Descended.CROSS_ENTROPY, true);
  }

  private static Trial attacked(Params parameters, ExactClassifier model, Batch clean) {
    return new Trial(new ProjectedGradientDescent(), parameters, model, clean);
  }

  @Test
  void withoutARandomStartItIsBim() {
    TinySamples samples = new TinySamples(new ImageShape(2, 4, 4), 20);
    Params parameters =
        new Params(
            new StepBudget(0.3f, 0.25, 7, Norm.L2), false, 1, Descended.CROSS_ENTROPY, false);
    Trial bim =
        new Trial(
            new BasicIterative(),
            new BasicIterative.Params(new StepBudget(0.3f, 0.25, 7, Norm.L2), false),
            samples.classifier(),
            samples.clean(true));
    assertThatTensor(attacked(parameters, samples.classifier(), samples.clean(true)).images)
        .isSameAs(bim.images);
  }

  @ParameterizedTest
  @EnumSource
  void staysInTheBallAndUsesMostOfIt(Norm norm) {
    TinySamples samples = new TinySamples(new ImageShape(3, 8, 8), 30);
    Batch clean = samples.clean(true);
    float epsilon = norm == Norm.LINF ? 0.05f : norm == Norm.L2 ? 0.5f : 4;
    Params parameters =
        new Params(new StepBudget(epsilon, 0.2, 10, norm), true, 2, Descended.MARGIN, false);
    Trial trial = attacked(parameters, samples.classifier(), clean);
    for (int row = 0; row < clean.size(); row++) {
      assertThat(norm.distance(trial.images.row(row), clean.pixels().row(row)))
          .isBetween(0.6 * epsilon, (double) epsilon);
    }
  }

  @Test
  void everyRestartCostsItsStepsAndOneLook() {
    Trial alone = attacked(parameters(0.01f, Norm.LINF, 1), Trial.linear(-50), GREY);
    assertThat(alone.victim.gradientQueries(Trial.SAMPLE)).isEqualTo(4);
    assertThat(alone.victim.forwardQueries(Trial.SAMPLE)).isZero();
    Trial thrice = attacked(parameters(0.01f, Norm.LINF, 3), Trial.linear(-50), GREY);
    assertThat(thrice.victim.gradientQueries(Trial.SAMPLE)).isEqualTo(12);
    assertThat(thrice.victim.forwardQueries(Trial.SAMPLE)).isEqualTo(3);
  }

  @Test
  void theReasonIsThatOfTheLastRestart() {
    Params parameters = parameters(0.01f, Norm.LINF, 2);
    int[] images = new int[1];
    NanClassifier atFirst = new NanClassifier(Trial.linear(-50), pixels -> images[0]++ == 0);
    assertThat(attacked(parameters, atFirst, GREY).run.givenUp(Trial.SAMPLE)).contains("not-found");
    int[] others = new int[1];
    NanClassifier later = new NanClassifier(Trial.linear(-50), pixels -> others[0]++ > 20);
    assertThat(attacked(parameters(0.01f, Norm.LINF, 9), later, GREY).run.givenUp(Trial.SAMPLE))
        .contains("nan");
  }

  @Test
  void restartsEndAtTheFirstSuccess() {
    Trial trial = attacked(parameters(0.2f, Norm.LINF, 50), Trial.linear(-7), GREY);
    assertThat(trial.queries(Trial.SAMPLE)).isLessThanOrEqualTo(5);
    ImageBatch image = GREY.images().with(trial.images);
    assertThat(Trial.linear(-7).predict(image)).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4, 5, 6, 9, 14})
  void keepsToItsBudgetAcrossRestarts(long budget) {
    Trial trial =
        new Trial(
            new ProjectedGradientDescent(),
            parameters(0.01f, Norm.LINF, 3),
            Trial.linear(-50),
            budget,
            GREY);
    assertThat(trial.queries(Trial.SAMPLE)).isEqualTo(budget);
    assertThat(trial.run.givenUp(Trial.SAMPLE)).contains("budget");
  }

  @Test
  void restartsNeverLoseASuccess() {
    TinySamples samples = new TinySamples(new ImageShape(1, 5, 5), 60);
    Batch clean = samples.clean(true);
    int once = successes(samples, clean, 1);
    int often = successes(samples, clean, 8);
    assertThat(once).isBetween(5, 55);
    assertThat(often).isGreaterThanOrEqualTo(once);
  }

  private static int successes(TinySamples samples, Batch clean, int restarts) {
    Trial trial = attacked(parameters(0.12f, Norm.LINF, restarts), samples.classifier(), clean);
    int[] predicted = samples.classifier().predict(clean.images().with(trial.images));
    int successes = 0;
    for (int row = 0; row < predicted.length; row++) {
      successes += clean.succeeds(row, predicted[row]) ? 1 : 0;
    }
    return successes;
  }

  @Test
  void theAttemptNearestToSuccessStays() {
    Tensor kept = GREY.pixels().copy();
    BestAttempts best = new BestAttempts(GREY, kept);
    Trial unused = attacked(parameters(0, Norm.LINF, 1), Trial.linear(-50), GREY);
    ActiveSamples unsolved = ActiveSamples.of(GREY);
    for (float value : new float[] {0.6f, 0.9f, 0.7f}) {
      Tensor attempt = Tensor.of(new float[] {0.5f, 0.5f, 0.5f, value}, 1, 1, 2, 2);
      best.take(unused.victim, unsolved, new boolean[1], attempt, new TestRun(1));
    }
    assertThat(kept.row(0)).containsExactly(0.5f, 0.5f, 0.5f, 0.9f);
    assertThat(unsolved.size()).isEqualTo(1);
  }

  @Test
  void theMarginDescendsWhereCrossEntropyIsFlat() {
    LinearClassifier sure =
        new LinearClassifier(
            Trial.SHAPE, new double[][] {{0, 0, 0, 0}, {3, -4, 0, 12}}, new double[] {2000, 0});
    Params entropy =
        new Params(new StepBudget(0.1f, 1, 1, Norm.LINF), false, 1, Descended.CROSS_ENTROPY, true);
    Batch untargeted = Trial.single(0, Batch.NO_TARGET, 0.5f, 0.5f, 0.5f, 0.5f);
    Trial flat = attacked(entropy, sure, untargeted);
    assertThatTensor(flat.images).isSameAs(untargeted.pixels());
    assertThat(flat.run.givenUp(Trial.SAMPLE)).contains("no-gradient");
    Params margin =
        new Params(new StepBudget(0.1f, 1, 1, Norm.LINF), false, 1, Descended.MARGIN, true);
    assertThat(attacked(margin, sure, untargeted).images.row(0))
        .containsExactly(new float[] {0.6f, 0.4f, 0.5f, 0.6f}, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void endsWithAReasonOnHostileModels(Norm norm) {
    ImageShape dot = new ImageShape(1, 1, 1);
    ImageBatch image = new ImageBatch(Tensor.of(new float[] {0.5f}, 1, 1, 1, 1), new long[] {3});
    Batch clean = new Batch(image, new int[] {0}, new int[] {Batch.NO_TARGET});
    Params parameters = parameters(0.1f, norm, 2);
    assertThat(attacked(parameters, new ConstantClassifier(dot, 1), clean).run.givenUp(3))
        .contains("no-gradient");
    assertThat(
            attacked(parameters, new ConstantClassifier(dot, new double[1000]), clean)
                .run
                .givenUp(3))
        .contains("no-gradient");
    NanClassifier broken =
        new NanClassifier(new ConstantClassifier(dot, 1, 0), pixels -> pixels[0] != 0.5);
    assertThat(attacked(parameters, broken, clean).run.givenUp(3)).contains("nan");
  }

  @ParameterizedTest
  @EnumSource
  void startsUniformlyInTheBall(Norm norm) {
    Ball ball = new Ball(norm, 0.4f);
    Random random = new Random(9);
    int inner = 0;
    int right = 0;
    for (int draw = 0; draw < 10_000; draw++) {
      float[] image = {0.5f, 0.5f};
      RandomStart.uniform(image, ball, Bounds.PIXELS, random);
      double distance = norm.distance(image, new float[] {0.5f, 0.5f});
      assertThat(distance).isLessThanOrEqualTo(0.4f);
      inner += distance < 0.2 ? 1 : 0;
      right += image[0] > 0.5f ? 1 : 0;
    }
    // four standard errors: half of the radius holds a quarter of the area
    assertThat(inner).isCloseTo(2500, within(174));
    assertThat(right).isCloseTo(5000, within(200));
  }
}
