package io.hone.plugins.gradient.autopgd;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Setting;
import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoProjectedGradientDescentTest {
  /** A model that keeps all images it is asked for. */
  private static final class Watched extends ExactClassifier {
    private final ExactClassifier model;
    private final List<float[]> seen = Collections.synchronizedList(new ArrayList<>());

    Watched(ExactClassifier model) {
      super(model.shape(), model.classes());
      this.model = model;
    }

    @Override
    public double[] logits(double[] image) {
      seen.add(Reference.floats(image));
      return model.logits(image);
    }

    @Override
    public double[] pullBack(double[] image, double[] cotangent) {
      return model.pullBack(image, cotangent);
    }
  }

  /** A model of one feature: logits by its value and by how often it was asked before. */
  private static final class Odd extends ExactClassifier {
    private final Function<Integer, double[]> answers;
    private final Function<Double, Double> slope;
    private int asked;

    Odd(Function<Integer, double[]> answers, Function<Double, Double> slope) {
      super(new ImageShape(1, 1, 1), 2);
      this.answers = answers;
      this.slope = slope;
    }

    @Override
    public double[] logits(double[] image) {
      return answers.apply(asked++);
    }

    @Override
    public double[] pullBack(double[] image, double[] cotangent) {
      return new double[] {slope.apply(image[0]) * cotangent[0]};
    }
  }

  private static final Batch DOT = Attacked.grey(new ImageShape(1, 1, 1));

  @ParameterizedTest
  @EnumSource
  void everyPointIsInTheBallAndTheBounds(Norm norm) {
    ImageShape shape = new ImageShape(2, 3, 5);
    TinySamples samples = new TinySamples(shape, 1);
    Batch plain = samples.clean(false);
    Bounds bounds = around(plain.pixels().row(0), new Random(4));
    Batch clean =
        new Batch(
            plain.images(),
            new int[] {plain.label(0)},
            new int[] {Batch.NO_TARGET},
            List.of(bounds));
    double epsilon = norm == Norm.LINF ? 0.1 : norm == Norm.L2 ? 0.3 : 1;
    Watched model = new Watched(samples.classifier());
    Params parameters = new Params(epsilon, norm, 40, DescendedLoss.CROSS_ENTROPY, 2, 9, 1, false);

    Attacked attacked = new Attacked(parameters, model, clean);

    assertThat(model.seen).hasSizeGreaterThan(40);
    // The first stages of L1 are in larger balls.
    double widest = norm == Norm.L1 ? 3 * epsilon : epsilon;
    for (float[] image : model.seen) {
      assertThat(bounds.holds(image)).isTrue();
      assertThat(norm.distance(image, clean.pixels().row(0))).isLessThanOrEqualTo(widest);
    }
    float[] last = attacked.images.row(0);
    assertThat(bounds.holds(last)).isTrue();
    assertThat(norm.distance(last, clean.pixels().row(0))).isBetween(0.3 * epsilon, epsilon);
  }

  private static Bounds around(float[] image, Random random) {
    float[] low = new float[image.length];
    float[] high = new float[image.length];
    for (int feature = 0; feature < image.length; feature++) {
      low[feature] = Math.max(0, image[feature] - random.nextFloat() / 5);
      high[feature] = Math.min(1, image[feature] + random.nextFloat() / 5);
    }
    return Bounds.of(low, high);
  }

  @Test
  void theFirstStepReachesTheCornerThatIsBestOnALinearModel() {
    LinearClassifier model = Attacked.linear(-10);
    Attacked attacked =
        new Attacked(
            Attacked.parameters(0.1, Norm.LINF, 1, DescendedLoss.CROSS_ENTROPY),
            model,
            Attacked.grey());
    float[] corner = attacked.images.row(0);
    assertThat(corner[0]).isCloseTo(0.6f, within(1e-6f));
    assertThat(corner[1]).isCloseTo(0.4f, within(1e-6f));
    assertThat(corner[3]).isCloseTo(0.6f, within(1e-6f));
    double[] best = {corner[0], corner[1], corner[2], corner[3]};
    // 5.5 - 10, and the radius times the sum of all weights' sizes
    assertThat(model.logits(best)[1]).isCloseTo(-4.5 + 0.1 * 19, within(1e-5));
  }

  @ParameterizedTest
  @EnumSource
  void aSampleLeavesAtItsFirstSuccess(Norm norm) {
    double epsilon = norm == Norm.L1 ? 0.5 : 0.3;
    Attacked stopped =
        new Attacked(
            Attacked.parameters(epsilon, norm, 30, DescendedLoss.MARGIN),
            Attacked.linear(-6),
            Attacked.grey());
    assertThat(stopped.successes()).isEqualTo(1);
    Params onward = new Params(epsilon, norm, 30, DescendedLoss.MARGIN, 1, 9, 1, false);
    Attacked finished = new Attacked(onward, Attacked.linear(-6), Attacked.grey());
    assertThat(finished.successes()).isEqualTo(1);
    assertThat(finished.queries()).isEqualTo(norm == Norm.L1 ? 33 : 31);
    assertThat(stopped.queries()).isLessThan(norm == Norm.L1 ? 25 : 5);
  }

  @ParameterizedTest
  @EnumSource
  void aTargetedGoalIsReachedWithEveryLoss(DescendedLoss loss) {
    TinySamples samples = new TinySamples(new ImageShape(2, 4, 3), 20);
    Attacked attacked =
        new Attacked(
            Attacked.parameters(0.4, Norm.LINF, 30, loss),
            samples.classifier(),
            samples.clean(true));
    assertThat(attacked.successes()).isGreaterThanOrEqualTo(19);
  }

  @ParameterizedTest
  @CsvSource({
    "LINF, MARGIN",
    "LINF, TARGETED_DLR",
    "L2, DLR",
    "L2, PROBABILITY_MARGIN",
    "L1, TARGETED_DLR"
  })
  void aSampleThatHoldsOutCostsWhatWasExpected(Norm norm, DescendedLoss loss) {
    LinearClassifier model =
        new LinearClassifier(
            Attacked.SHAPE,
            new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 1, 1}, {0, 1, 1, 1}},
            new double[] {90, 1, 2, 3, 4});
    Params parameters = new Params(0.01, norm, 10, loss, 2, 3, 2, true);
    Attacked attacked = new Attacked(parameters, model, Attacked.grey());
    Setting setting = new Setting(Attacked.SHAPE, 5, 1, false);
    assertThat(new AutoProjectedGradientDescent().expectedQueries(parameters, setting))
        .isEqualTo(OptionalLong.of(attacked.queries()));
    int looks = norm == Norm.L1 ? 13 : 11;
    int targets = loss == DescendedLoss.TARGETED_DLR ? 3 : 1;
    assertThat(attacked.victim.gradientQueries(Attacked.SAMPLE))
        .isEqualTo(2L * 2 * looks * targets);
    assertThat(attacked.victim.forwardQueries(Attacked.SAMPLE)).isEqualTo(targets == 1 ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 5, 6, 7, 17})
  void keepsToItsBudgetAcrossRestarts(long budget) {
    Attacked attacked =
        new Attacked(
            Attacked.restarting(0.01, Norm.LINF, 5, 3),
            Attacked.linear(-50),
            budget,
            1,
            Attacked.grey());
    assertThat(attacked.queries()).isEqualTo(budget);
    assertThat(attacked.run.givenUp(Attacked.SAMPLE)).contains("budget");
  }

  @Test
  void anAttemptThatFailedIsThePointWithTheSmallestLoss() {
    ExactClassifier held = new TinySamples(new ImageShape(1, 4, 4), 1).classifier();
    Batch clean = new TinySamples(new ImageShape(1, 4, 4), 1).clean(false);
    Watched model = new Watched(held);
    Attacked attacked = new Attacked(Attacked.restarting(0.004, Norm.L2, 20, 3), model, clean);
    assertThat(attacked.successes()).isZero();
    double kept = margin(held, attacked.images.row(0), clean.label(0));
    for (float[] image : model.seen) {
      assertThat(margin(held, image, clean.label(0))).isGreaterThanOrEqualTo(kept);
    }
  }

  private static double margin(ExactClassifier model, float[] image, int label) {
    double[] wide = new double[image.length];
    for (int feature = 0; feature < image.length; feature++) {
      wide[feature] = image[feature];
    }
    double[] logits = model.logits(wide);
    double rival = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logits.length; k++) {
      rival = k == label ? rival : Math.max(rival, logits[k]);
    }
    return (float) (logits[label] - rival);
  }

  @ParameterizedTest
  @EnumSource
  void aRadiusOfZeroTakesOneLook(Norm norm) {
    Attacked attacked =
        new Attacked(
            Attacked.parameters(0, norm, 50, DescendedLoss.DLR),
            Attacked.linear(-50),
            Attacked.grey());
    assertThatTensor(attacked.images).isSameAs(Attacked.grey().pixels());
    assertThat(attacked.queries()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aConstantModelGivesNoGradientAtTheFirstLook(Norm norm) {
    Attacked attacked =
        new Attacked(
            Attacked.restarting(0.1, norm, 50, 2),
            new ConstantClassifier(DOT.pixels().imageShape(), 1, 0, 0),
            DOT);
    assertThat(attacked.run.givenUp(Attacked.SAMPLE)).contains("no-gradient");
    // In L1 each of two restarts looks in three balls.
    assertThat(attacked.queries()).isEqualTo(norm == Norm.L1 ? 6 : 2);
  }

  @Test
  void aBallWithoutASlopeIsNotTheEndInL1() {
    // Starts are 0.3 from the middle, and slopes are nearer than 0.15, where the last ball is.
    Odd inner =
        new Odd(asked -> new double[] {1, 0}, value -> Math.abs(value - 0.5) < 0.15 ? 1e-3 : 0.0);
    Attacked attacked = new Attacked(Attacked.restarting(0.1, Norm.L1, 10, 1), inner, DOT);
    assertThat(attacked.run.givenUp(Attacked.SAMPLE).orElse("not-found")).isEqualTo("not-found");
    assertThat(attacked.queries()).isEqualTo(1 + 1 + 5);
  }

  @Test
  void aSlopeInAnotherRestartIsNoLackOfGradient() {
    // Starts are at both ends of the ball, and only the left one has a slope.
    for (long seed = 0; seed < 5; seed++) {
      Odd leftOnly = new Odd(asked -> new double[] {1, 0}, value -> value < 0.5 ? 1e-3 : 0);
      Attacked attacked =
          new Attacked(
              Attacked.restarting(0.1, Norm.LINF, 1, 12), leftOnly, Long.MAX_VALUE, seed, DOT);
      assertThat(attacked.run.givenUp(Attacked.SAMPLE).orElse("not-found")).isEqualTo("not-found");
    }
  }

  @Test
  void aSingleLuckyDrawIsNoSuccess() {
    Params single = new Params(0.1, Norm.LINF, 9, DescendedLoss.MARGIN, 1, 9, 1, true);
    Params averaged = new Params(0.1, Norm.LINF, 9, DescendedLoss.MARGIN, 1, 9, 3, true);
    // One answer in three says class 1, whatever the image.
    Function<Integer, double[]> answers =
        asked -> asked % 3 == 2 ? new double[] {0, 1} : new double[] {1, 0};
    Attacked lucky = new Attacked(single, new Odd(answers, value -> 1.0), DOT);
    assertThat(lucky.queries()).isEqualTo(3);
    Attacked honest = new Attacked(averaged, new Odd(answers, value -> 1.0), DOT);
    assertThat(honest.queries()).isEqualTo(3 * 10);
    // Two answers in three are enough.
    Function<Integer, double[]> most =
        asked -> asked % 3 == 2 ? new double[] {1, 0} : new double[] {0, 1};
    assertThat(new Attacked(averaged, new Odd(most, value -> 1.0), DOT).queries()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "2, DLR, false, the loss is the margin between two logits",
    "2, TARGETED_DLR, true, the loss is the margin between two logits",
    "3, TARGETED_DLR, false, largest logit less the third",
    "3, DLR, true, largest logit less the third",
    "6, TARGETED_DLR, false, so 5 are tried instead of the 9 of 'targets'"
  })
  void tellsWhatBecomesOfALossOnFewClasses(
      int classes, DescendedLoss loss, boolean targeted, String told) {
    List<String> notices = notices(classes, loss, targeted);
    assertThat(notices).anyMatch(notice -> notice.contains(told));
    assertThat(notices).allMatch(notice -> notice.contains(classes + " classes"));
  }

  @ParameterizedTest
  @CsvSource({
    "10, TARGETED_DLR, false",
    "4, TARGETED_DLR, true",
    "3, DLR, false",
    "2, CROSS_ENTROPY, false"
  })
  void isSilentWhereThereAreEnoughClasses(int classes, DescendedLoss loss, boolean targeted) {
    assertThat(notices(classes, loss, targeted)).isEmpty();
  }

  private static List<String> notices(int classes, DescendedLoss loss, boolean targeted) {
    TestRun run = new TestRun(1);
    new AutoProjectedGradientDescent()
        .prepare(
            Attacked.parameters(0.1, Norm.LINF, 5, loss),
            new Setting(Attacked.SHAPE, classes, 1, targeted),
            run);
    return run.notices();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void worksWithFewClasses(int classes) {
    double[][] weights = {{0, 0, 0, 0}, {3, -4, 0, 12}, {1, 1, 1, 1}};
    LinearClassifier model =
        new LinearClassifier(
            Attacked.SHAPE,
            Arrays.copyOf(weights, classes),
            Arrays.copyOf(new double[] {0, -6, -20}, classes));
    for (DescendedLoss loss : DescendedLoss.values()) {
      Attacked attacked =
          new Attacked(Attacked.parameters(0.2, Norm.LINF, 20, loss), model, Attacked.grey());
      assertThat(attacked.successes()).as("%s of %d classes", loss, classes).isEqualTo(1);
    }
  }
}
