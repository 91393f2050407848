package io.hone.plugins.gradient.fastadaptiveboundary;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FastAdaptiveBoundaryTest {
  private static final ImageShape PAIR = new ImageShape(1, 1, 2);

  /** Class 0 up to x0 = 0.6, class 1 beyond. */
  private static final LinearClassifier STEP = step(-0.6);

  private final TestRun run = new TestRun(1);

  @ParameterizedTest
  @EnumSource
  void isWithinOnePercentOfTheNearestExampleOfALinearClassifier(Norm norm) {
    ImageShape shape = new ImageShape(1, 5, 6);
    SplittableRandom random = new SplittableRandom(8);
    double[][] weights = new double[4][30];
    for (double[] row : weights) {
      Arrays.setAll(row, any -> 2 * random.nextDouble() - 1);
    }
    LinearClassifier model = new LinearClassifier(shape, weights, new double[4]);
    Batch clean = new TinySamples(shape, 40).clean(false);
    int[] labels = model.predict(clean.images());
    clean = new Batch(clean.images(), labels, filled(labels.length, Batch.NO_TARGET));
    Tensor found = attacked(inNorm(norm).with(3), victim(model), clean);
    for (int row = 0; row < clean.size(); row++) {
      double exact = nearest(norm, weights, clean, row);
      assertThat(norm.distance(found.row(row), clean.pixels().row(row)))
          .isBetween(exact * (1 - 1e-6), exact * 1.01);
    }
    assertThat(run.givenUpSamples()).isEmpty();
  }

  private static double nearest(Norm norm, double[][] weights, Batch clean, int row) {
    float[] image = clean.pixels().row(row);
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < weights.length; other++) {
      if (other != clean.label(row)) {
        double[] difference = new double[image.length];
        double excess = 0;
        for (int feature = 0; feature < image.length; feature++) {
          difference[feature] = weights[other][feature] - weights[clean.label(row)][feature];
          excess += difference[feature] * image[feature];
        }
        least = Math.min(least, ExactDistance.toPlane(norm, difference, excess, image));
      }
    }
    return least;
  }

  @Test
  void takesOneGradientAStepUntilItCrosses() {
    // The boundary is beyond the bounds, and each step looks with the gradient of the next.
    CountingVictim far = victim(step(-1.5));
    attacked(inNorm(Norm.L2).with(9), far, pair(0));
    assertThat(far.gradientQueries(3)).isEqualTo(5);
    assertThat(far.forwardQueries(3)).as("the clean image and the last step").isEqualTo(2);
  }

  @Test
  void takesOneGradientAndOneForwardAStepAfterItCrossed() {
    CountingVictim near = victim(STEP);
    attacked(inNorm(Norm.L2).searching(0).with(9), near, pair(0));
    assertThat(near.gradientQueries(3)).as("a step each, and one look").isEqualTo(6);
    assertThat(near.forwardQueries(3)).as("the clean image and later looks").isEqualTo(5);
  }

  @Test
  void asksForEveryOtherClassWhereNoTargetsAreGiven() {
    SplittableRandom random = new SplittableRandom(3);
    LinearClassifier model = LinearClassifier.random(PAIR, 7, random);
    Batch clean = labelled(model, 0.5f, 0.5f);
    CountingVictim victim = victim(model);
    attacked(inNorm(Norm.LINF).searching(0).stepping(1), victim, clean);
    assertThat(victim.gradientQueries(3)).isEqualTo(6);
    assertThat(victim.forwardQueries(3)).isEqualTo(1);
  }

  @Test
  void searchesTheLineInTheEnd() {
    Batch clean = pair(0);
    Trial plain = new Trial(inNorm(Norm.L2).searching(0).stepping(1), STEP, clean);
    Trial searched = new Trial(inNorm(Norm.L2).searching(3).stepping(1), STEP, clean);
    assertThat(plain.image()[0] - 0.5).isGreaterThan(0.1 * 1.04);
    assertThat(searched.image()[0] - 0.5).isBetween(0.1 - 1e-6, 0.1 * 1.001);
    assertThat(STEP.predict(clean.images().with(searched.images))).containsExactly(1);
  }

  @Test
  void countsOnlyWhatIsWithinEpsilon() {
    Batch clean = pair(0);
    Trial wide = new Trial(inNorm(Norm.LINF).within(0.11), STEP, clean);
    assertThat(STEP.predict(clean.images().with(wide.images))).containsExactly(1);
    Trial narrow = new Trial(inNorm(Norm.LINF).within(0.09), STEP, clean);
    assertThatTensor(narrow.images).isSameAs(clean.pixels());
    assertThat(narrow.run.givenUp(3)).contains("not-found");
    Trial none = new Trial(inNorm(Norm.LINF).within(0).starting(3), STEP, clean);
    assertThatTensor(none.images).isSameAs(clean.pixels());
    assertThat(none.run.givenUp(3)).contains("not-found");
  }

  @Test
  void stopsAtTheFirstExampleWithinEpsilonWhereAskedTo() {
    Trial first = new Trial(inNorm(Norm.L2).within(0.3).stopping().with(1), STEP, pair(0));
    assertThat(first.queries()).as("clean image, gradient, look").isEqualTo(3);
    assertThat(STEP.predict(pair(0).images().with(first.images))).containsExactly(1);
    assertThat(first.run.givenUpSamples()).isEmpty();
  }

  @Test
  void startsAgainWhereASizeIsKnown() {
    long once = new Trial(inNorm(Norm.L2).searching(0), STEP, pair(0)).queries();
    long again = new Trial(inNorm(Norm.L2).searching(0).starting(2), STEP, pair(0)).queries();
    assertThat(again).isGreaterThan(once + 5);
    long lost = new Trial(inNorm(Norm.L2).starting(2), step(-1.5), pair(0)).queries();
    assertThat(lost).isEqualTo(new Trial(inNorm(Norm.L2), step(-1.5), pair(0)).queries());
    long within = new Trial(inNorm(Norm.L2).within(0.3).starting(2), step(-1.5), pair(0)).queries();
    assertThat(within).isGreaterThan(lost + 4);
  }

  @Test
  void meetsTheTarget() {
    // Class 1 is nearest; class 2 is beyond x1 = 0.9 wherever x0 is less than 0.6.
    LinearClassifier model =
        new LinearClassifier(
            PAIR, new double[][] {{0, 0}, {1, 0}, {0, 1}}, new double[] {0, -0.6, -0.9});
    Batch image = new Batch(pair(0).images(), new int[] {0}, new int[] {2});
    Trial trial = new Trial(inNorm(Norm.LINF).stepping(20), model, image);
    assertThat(model.predict(image.images().with(trial.images))).containsExactly(2);
    assertThat(trial.image()[1]).isBetween(0.9f, 0.905f);
  }

  @Test
  void worksWithFewerClassesThanTargets() {
    Trial two = new Trial(inNorm(Norm.L1).with(9), STEP, pair(0));
    assertThat(STEP.predict(pair(0).images().with(two.images))).containsExactly(1);
    Trial one = new Trial(inNorm(Norm.L1).with(9), new ConstantClassifier(PAIR, 1), pair(0));
    assertThat(one.run.givenUp(3)).contains("no-other-class");
    assertThat(one.queries()).isZero();
  }

  @Test
  void leavesWhatIsAdversarialAlready() {
    Batch wrong = pair(1);
    Trial trial = new Trial(inNorm(Norm.L2), STEP, wrong);
    assertThatTensor(trial.images).isSameAs(wrong.pixels());
    assertThat(trial.run.givenUpSamples()).isEmpty();
    assertThat(trial.queries()).isEqualTo(1);
  }

  @Test
  void keepsToBoundsOfSingleFeatures() {
    // The shortest way is along the first feature, which may hardly move.
    LinearClassifier model =
        new LinearClassifier(PAIR, new double[][] {{0, 0}, {2, 1}}, new double[] {0, -1.75});
    Bounds bounds = Bounds.of(new float[] {0.45f, 0}, new float[] {0.55f, 1});
    for (Norm norm : Norm.values()) {
      Batch image = new Batch(pair(0).images(), new int[] {0}, new int[] {-1}, List.of(bounds));
      Trial trial = new Trial(inNorm(norm).stepping(20), model, image);
      assertThat(bounds.holds(trial.image())).isTrue();
      assertThat(model.predict(image.images().with(trial.images))).containsExactly(1);
      assertThat(trial.image()[1]).isBetween(0.65f, 0.66f);
    }
  }

  @Test
  void saysWhyNothingWasFound() {
    assertThat(reason(new ConstantClassifier(PAIR, 1, 0, -1))).isEqualTo("no-gradient");
    assertThat(reason(step(-2))).isEqualTo("not-found");
    assertThat(reason(new NanClassifier(STEP, image -> true))).isEqualTo("nan");
    assertThat(reason(new NanClassifier(STEP, image -> image[0] != 0.5))).isEqualTo("nan");
  }

  private static String reason(ExactClassifier model) {
    Trial trial = new Trial(inNorm(Norm.LINF).with(2), model, pair(0));
    assertThatTensor(trial.images).isSameAs(pair(0).pixels());
    return trial.run.givenUp(3).orElseThrow();
  }

  @Test
  void keepsWhatItFoundBeforeItsBudgetEnded() {
    CountingVictim victim = new CountingVictim(STEP, Access.GRADIENTS, 4, run);
    Tensor found = attacked(inNorm(Norm.L2).with(1), victim, pair(0));
    assertThat(STEP.predict(pair(0).images().with(found))).containsExactly(1);
    CountingVictim poor = new CountingVictim(STEP, Access.GRADIENTS, 2, run);
    assertThatTensor(attacked(inNorm(Norm.L2).with(1), poor, pair(0))).isSameAs(pair(0).pixels());
    assertThat(run.givenUp(3)).contains("budget");
  }

  @Test
  void refusesToStopWithinNothing() {
    Setting setting = new Setting(PAIR, 2, 1, false);
    FastAdaptiveBoundary attack = new FastAdaptiveBoundary();
    assertThatThrownBy(() -> attack.prepare(inNorm(Norm.L2).stopping().params(), setting, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("give epsilon");
    assertThatCode(
            () -> attack.prepare(inNorm(Norm.L2).within(1).stopping().params(), setting, run))
        .doesNotThrowAnyException();
  }

  /** One attack on one image, with what it left behind. */
  private static final class Trial {
    final TestRun run = new TestRun(1);
    final CountingVictim victim;
    final Tensor images;

    Trial(Choice choice, ExactClassifier model, Batch clean) {
      victim = new CountingVictim(model, Access.GRADIENTS, run);
      images = clean.pixels().copy();
      new FastAdaptiveBoundary().attack(choice.params(), victim, clean, images, run);
    }

    float[] image() {
      return images.row(0);
    }

    long queries() {
      return victim.forwardQueries(3) + victim.gradientQueries(3);
    }
  }

  /** Parameters, of which most are the defaults. */
  private record Choice(
      Norm norm,
      Optional<Double> epsilon,
      boolean stop,
      Optional<Integer> targets,
      int steps,
      int restarts,
      int finalSearch) {
    Choice within(double radius) {
      return new Choice(norm, Optional.of(radius), stop, targets, steps, restarts, finalSearch);
    }

    Choice stopping() {
      return new Choice(norm, epsilon, true, targets, steps, restarts, finalSearch);
    }

    Choice with(int count) {
      return new Choice(norm, epsilon, stop, Optional.of(count), steps, restarts, finalSearch);
    }

    Choice stepping(int count) {
      return new Choice(norm, epsilon, stop, targets, count, restarts, finalSearch);
    }

    Choice starting(int count) {
      return new Choice(norm, epsilon, stop, targets, steps, count, finalSearch);
    }

    Choice searching(int looks) {
      return new Choice(norm, epsilon, stop, targets, steps, restarts, looks);
    }

    FastAdaptiveBoundary.Params params() {
      return new FastAdaptiveBoundary.Params(
          norm, epsilon, stop, targets, steps, restarts, 0.1, 1.05, 0.9, finalSearch);
    }
  }

  private static Choice inNorm(Norm norm) {
    return new Choice(norm, Optional.empty(), false, Optional.empty(), 5, 1, 3);
  }

  private CountingVictim victim(ExactClassifier model) {
    return new CountingVictim(model, Access.GRADIENTS, run);
  }

  private Tensor attacked(Choice choice, CountingVictim victim, Batch clean) {
    Tensor adversarial = clean.pixels().copy();
    new FastAdaptiveBoundary().attack(choice.params(), victim, clean, adversarial, run);
    return adversarial;
  }

  private static LinearClassifier step(double bias) {
    return new LinearClassifier(PAIR, new double[][] {{0, 0}, {1, 0}}, new double[] {0, bias});
  }

  private static Batch pair(int label) {
    ImageBatch image =
        new ImageBatch(Tensor.of(new float[] {0.5f, 0.5f}, 1, 1, 1, 2), new long[] {3});
    return new Batch(image, new int[] {label}, new int[] {Batch.NO_TARGET});
  }

  private static Batch labelled(ExactClassifier model, float... pixels) {
    long[] samples = LongStream.range(3, 3 + pixels.length / 2).toArray();
    ImageBatch images = new ImageBatch(Tensor.of(pixels, samples.length, 1, 1, 2), samples);
    return new Batch(images, model.predict(images), filled(samples.length, Batch.NO_TARGET));
  }

  private static int[] filled(int length, int value) {
    return IntStream.range(0, length).map(any -> value).toArray();
  }
}
