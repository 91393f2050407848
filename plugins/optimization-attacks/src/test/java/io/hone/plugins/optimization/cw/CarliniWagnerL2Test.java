package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.plugins.optimization.LinearProblem;
import io.hone.plugins.optimization.cw.CarliniWagnerL2.Params;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarliniWagnerL2Test {
  private static final ImageShape SHAPE = LinearProblem.SHAPE;
  private static final LinearClassifier LINEAR = LinearProblem.MODEL;
  private static final double MINIMUM = LinearProblem.MARGIN / 13;

  private final TestRun run = new TestRun(1);
  private CountingVictim victim;

  static Stream<Arguments> combinations() {
    return Arrays.stream(GoalFunction.values())
        .flatMap(
            function ->
                Arrays.stream(BoxConstraint.values())
                    .flatMap(
                        box ->
                            Arrays.stream(Optimiser.values())
                                .map(optimiser -> Arguments.of(function, box, optimiser))));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void findsAnExampleWithEveryCombination(
      GoalFunction function, BoxConstraint box, Optimiser optimiser) {
    Params parameters = Params.of(200, 9).with(function, box, optimiser);
    for (boolean targeted : new boolean[] {false, true}) {
      Batch clean = LinearProblem.image(targeted);
      Tensor adversarial = attacked(LINEAR, clean, parameters);
      assertThat(LINEAR.predict(clean.images().with(adversarial))).containsExactly(1);
      double distance = Norm.L2.distance(adversarial.row(0), clean.pixels().row(0));
      assertThat(distance).isBetween(MINIMUM, 1.5 * MINIMUM);
    }
    assertThat(run.givenUpSamples()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsTheNearestPointOfAPlane(BoxConstraint box) {
    Params parameters = Params.of(1000, 12).with(GoalFunction.F6, box, Optimiser.ADAM);
    Batch clean = LinearProblem.image(true);
    float[] found = attacked(LINEAR, clean, parameters).row(0);
    assertThat(Norm.L2.distance(found, clean.pixels().row(0)))
        .isBetween(MINIMUM * (1 - 1e-6), MINIMUM * 1.01);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1, 2})
  void respectsTheConfidence(float confidence) {
    Params plain = Params.of(500, 9);
    Params parameters =
        new Params(
            plain.function(),
            plain.box(),
            plain.optimiser(),
            plain.iterations(),
            plain.searchSteps(),
            plain.initialWeight(),
            plain.learningRate(),
            plain.momentum(),
            confidence,
            1,
            1,
            true);
    Batch clean = LinearProblem.image(true);
    float[] found = attacked(LINEAR, clean, parameters).row(0);
    double margin = 3 * found[0] - 4 * found[1] + 12 * found[3] - 6.5;
    assertThat(margin).isBetween(confidence - 1e-5, confidence + 0.1);
  }

  @Test
  void refusesAConfidenceThatMeansNothing() {
    Params plain = Params.of(10, 2);
    Params parameters =
        new Params(
            GoalFunction.F1,
            plain.box(),
            plain.optimiser(),
            10,
            2,
            1e-3,
            0.01f,
            0.9f,
            1,
            1,
            1,
            true);
    assertThatThrownBy(
            () -> new CarliniWagnerL2().prepare(parameters, new Setting(SHAPE, 2, 1, true), run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("f6 and f7");
  }

  @Test
  void asksForEveryStepWhereNothingIsGivenUp() {
    attacked(LINEAR, LinearProblem.image(true), descents(20, 4, 0.1, 3));
    assertThat(victim.gradientQueries(3)).isEqualTo(20 * 4 * 3);
    assertThat(victim.forwardQueries(3)).isZero();
  }

  @Test
  void startsAtTheCleanImageFirst() {
    TinySamples samples = new TinySamples(new ImageShape(1, 5, 5), 20);
    Batch clean = samples.clean(false);
    Tensor once = attacked(samples.classifier(), clean, oneWeight(1));
    assertThat(run.randomUsed()).isFalse();
    Tensor often = attacked(samples.classifier(), clean, oneWeight(4));
    assertThat(run.randomUsed()).isTrue();
    int nearer = 0;
    for (int row = 0; row < clean.size(); row++) {
      float[] center = clean.pixels().row(row);
      double before = Norm.L2.distance(once.row(row), center);
      double after = Norm.L2.distance(often.row(row), center);
      assertThat(before).isPositive();
      assertThat(after).isPositive().isLessThanOrEqualTo(before);
      nearer += after < before ? 1 : 0;
    }
    assertThat(nearer).isPositive();
  }

  @Test
  void givesUpADescentThatGetsNowhere() {
    ConstantClassifier flat = new ConstantClassifier(SHAPE, 1, 0);
    Batch clean = LinearProblem.image(true);
    Tensor adversarial = attacked(flat, clean, Params.of(100, 9));
    assertThat(adversarial.row(0)).isEqualTo(clean.pixels().row(0));
    assertThat(victim.gradientQueries(3)).isEqualTo(9 * 11);
    assertThat(run.givenUp(3)).contains("no-gradient");
  }

  @Test
  void flagsWhatIsOutOfReach() {
    Batch clean = LinearProblem.image(true);
    assertThat(attacked(LinearProblem.outOfReach(), clean, Params.of(50, 6)).row(0))
        .isEqualTo(clean.pixels().row(0));
    assertThat(run.givenUp(3)).contains("not-found");
  }

  @Test
  void flagsNan() {
    NanClassifier broken = new NanClassifier(LINEAR, image -> true);
    Batch clean = LinearProblem.image(true);
    assertThat(attacked(broken, clean, Params.of(50, 6)).row(0)).isEqualTo(clean.pixels().row(0));
    assertThat(run.givenUp(3)).contains("nan");
  }

  @ParameterizedTest
  @EnumSource(names = {"F2", "F6"})
  void keepsWhatItFoundWithinItsBudget(GoalFunction function) {
    Params parameters = Params.of(100, 9).with(function, BoxConstraint.PROJECTED, Optimiser.ADAM);
    Batch clean = LinearProblem.image(true);
    attacked(LINEAR, clean, parameters);
    long needed = victim.gradientQueries(3) + victim.forwardQueries(3);
    for (long budget : new long[] {0, 1, 2, needed / 2, needed - 1}) {
      TestRun cut = new TestRun(1);
      CountingVictim limited = new CountingVictim(LINEAR, Access.GRADIENTS, budget, cut);
      Tensor adversarial = clean.pixels().copy();
      new CarliniWagnerL2().attack(parameters, limited, clean, adversarial, cut);
      assertThat(cut.givenUp(3)).contains("budget");
      boolean found = LINEAR.predict(clean.images().with(adversarial))[0] == 1;
      assertThat(Arrays.equals(adversarial.row(0), clean.pixels().row(0))).isEqualTo(!found);
      assertThat(limited.remainingQueries(3)).isLessThan(function == GoalFunction.F2 ? 2 : 1);
      assertThat(found).isEqualTo(budget > 2);
    }
  }

  @Test
  void doublesTheCostWhereProbabilitiesAreDifferentiated() {
    Params parameters =
        Params.of(20, 2).with(GoalFunction.F3, BoxConstraint.CLIPPED, Optimiser.MOMENTUM);
    attacked(LINEAR, LinearProblem.image(true), parameters);
    assertThat(victim.forwardQueries(3)).isEqualTo(victim.gradientQueries(3)).isPositive();
  }

  @Test
  void bisectsTheWeightOnceItSucceeded() {
    ConstantSearch weights = new ConstantSearch(1e-3, 6);
    assertThat(weights.advance(false)).isTrue();
    assertThat(weights.weight()).isEqualTo(1e-2);
    weights.advance(true);
    assertThat(weights.weight()).isCloseTo(5.5e-3, within(1e-12));
    weights.advance(false);
    assertThat(weights.weight()).isCloseTo(7.75e-3, within(1e-12));
    assertThat(weights.advance(true)).isTrue();
    assertThat(weights.advance(true)).isTrue();
    assertThat(weights.advance(true)).isFalse();
  }

  @Test
  void repeatsTheSmallestWeightThatSucceededInALongSearch() {
    ConstantSearch weights = new ConstantSearch(1, 10);
    weights.advance(true);
    for (int step = 1; step < 9; step++) {
      weights.advance(false);
    }
    assertThat(weights.weight()).isEqualTo(1);
  }

  @Test
  void neverWeighsMoreThanTheLimit() {
    ConstantSearch weights = new ConstantSearch(1e9, 8);
    for (int step = 0; step < 8; step++) {
      assertThat(weights.weight()).isLessThanOrEqualTo(1e10);
      weights.advance(false);
    }
  }

  private static Params oneWeight(int starts) {
    return descents(60, 1, 10, starts);
  }

  private static Params descents(int iterations, int searchSteps, double weight, int starts) {
    Params plain = Params.of(iterations, searchSteps);
    return new Params(
        plain.function(),
        plain.box(),
        plain.optimiser(),
        iterations,
        searchSteps,
        weight,
        0.05f,
        plain.momentum(),
        0,
        starts,
        1,
        false);
  }

  private Tensor attacked(DifferentiableClassifier model, Batch clean, Params parameters) {
    victim = new CountingVictim(model, Access.GRADIENTS, run);
    Tensor adversarial = clean.pixels().copy();
    new CarliniWagnerL2().attack(parameters, victim, clean, adversarial, run);
    return adversarial;
  }
}
