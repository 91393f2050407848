package io.hone.plugins.gradient;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacobianSaliencyMapTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);

  /** The first feature helps class 1 as the third does, but helps class 2 too. */
  private static final LinearClassifier LINEAR =
      new LinearClassifier(
          SHAPE,
          new double[][] {{0, -2, -2, 1}, {3, 2, 3, -1}, {3, 0, -1, 0}},
          new double[] {2.5, 0, 0});

  private static final JacobianSaliencyMap.Params BRIGHTEN = new JacobianSaliencyMap.Params(1, 1);

  private final TestRun run = new TestRun(1);

  @Test
  void changesThePairThatHelpsTheTargetAndHindersTheOthers() {
    CountingVictim victim = new CountingVictim(LINEAR, Access.GRADIENTS, run);
    assertThat(attacked(BRIGHTEN, victim, image(1, 0, 0, 0, 0)).row(0)).containsExactly(0, 1, 1, 0);
    assertThat(victim.forwardQueries(3)).isEqualTo(2);
    assertThat(victim.gradientQueries(3)).isEqualTo(2);
  }

  @Test
  void movesAwayFromTheLabelWithoutATarget() {
    CountingVictim victim = new CountingVictim(LINEAR, Access.GRADIENTS, run);
    assertThat(attacked(BRIGHTEN, victim, image(Batch.NO_TARGET, 0, 0, 0, 0)).row(0))
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void darkensWithANegativeTheta() {
    LinearClassifier negative =
        new LinearClassifier(
            SHAPE, new double[][] {{1, 2, 0, 0}, {-1, -2, 0, 0}}, new double[] {0, 3.5});
    JacobianSaliencyMap.Params darken = new JacobianSaliencyMap.Params(-0.5f, 1);
    CountingVictim victim = new CountingVictim(negative, Access.GRADIENTS, run);
    assertThat(attacked(darken, victim, image(1, 1, 1, 1, 1)).row(0))
        .containsExactly(0.5f, 0.5f, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 60})
  void findsTheBestOfAllPairs(int features) {
    SplittableRandom random = new SplittableRandom(features);
    for (int trial = 0; trial < 200; trial++) {
      double[] gain = random.doubles(features, -1, 1).toArray();
      double[] fall = random.doubles(features, -1, 1).toArray();
      boolean[] movable = new boolean[features];
      IntStream.range(0, features).forEach(feature -> movable[feature] = random.nextInt(4) > 0);
      double best = 0;
      for (int first = 0; first < features; first++) {
        for (int second = first + 1; second < features; second++) {
          double gains = gain[first] + gain[second];
          double falls = fall[first] + fall[second];
          if (movable[first] && movable[second] && gains > 0 && falls > 0) {
            best = Math.max(best, gains * falls);
          }
        }
      }
      double found =
          SalientPair.best(new SalientPair.Slopes(gain, fall), movable)
              .map(
                  pair ->
                      (gain[pair.first()] + gain[pair.second()])
                          * (fall[pair.first()] + fall[pair.second()]))
              .orElse(0.0);
      assertThat(found).isEqualTo(best);
    }
  }

  @Test
  void changesNoLargerShareThanGamma() {
    Batch clean = Digits.towardNextClass(IntStream.range(10, 40).toArray());
    Tensor adversarial = clean.pixels().copy();
    int found = 0;
    try (DifferentiableClassifier lenet = Digits.lenet5()) {
      CountingVictim victim = new CountingVictim(lenet, Access.GRADIENTS, run);
      JacobianSaliencyMap.Params parameters = new JacobianSaliencyMap.Params(1, 0.1f);
      new JacobianSaliencyMap().attack(parameters, victim, clean, adversarial, run);
      int[] predicted = lenet.predict(clean.images().with(adversarial));
      for (int row = 0; row < clean.size(); row++) {
        boolean success = clean.succeeds(row, predicted[row]);
        assertThat(run.givenUp(clean.sample(row)).isEmpty()).isEqualTo(success);
        found += success ? 1 : 0;
        int at = row;
        long changed =
            IntStream.range(0, adversarial.rowSize())
                .filter(feature -> adversarial.get(at, feature) != clean.pixels().get(at, feature))
                .count();
        assertThat(changed).isBetween(success ? 1L : 0L, success ? 78L : 0L);
      }
    }
    assertThat(found).isGreaterThan(15);
  }

  @Test
  void saysWhyNothingWasFound() {
    assertThat(reason(new ConstantClassifier(SHAPE, 1, 0, -1), Long.MAX_VALUE))
        .isEqualTo("no-gradient");
    assertThat(reason(new NanClassifier(LINEAR, image -> true), Long.MAX_VALUE)).isEqualTo("nan");
    assertThat(reason(LINEAR, 3)).isEqualTo("budget");
    double[][] hopeless = {{0, 0, 0, 0}, {-1, -1, -1, -1}};
    assertThat(reason(new LinearClassifier(SHAPE, hopeless, new double[2]), Long.MAX_VALUE))
        .isEqualTo("not-found");
  }

  @Test
  void refusesAThetaOfZero() {
    JacobianSaliencyMap.Params nothing = new JacobianSaliencyMap.Params(0, 1);
    Setting setting = new Setting(SHAPE, 3, 1, true);
    assertThatThrownBy(() -> new JacobianSaliencyMap().prepare(nothing, setting, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("theta");
  }

  private static String reason(ExactClassifier model, long budget) {
    TestRun fresh = new TestRun(1);
    Batch clean = image(1, 0, 0, 0, 0);
    Tensor adversarial = clean.pixels().copy();
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, budget, fresh);
    new JacobianSaliencyMap().attack(BRIGHTEN, victim, clean, adversarial, fresh);
    assertThatTensor(adversarial).isSameAs(clean.pixels());
    return fresh.givenUp(3).orElseThrow();
  }

  private Tensor attacked(
      JacobianSaliencyMap.Params parameters, CountingVictim victim, Batch clean) {
    Tensor adversarial = clean.pixels().copy();
    new JacobianSaliencyMap().attack(parameters, victim, clean, adversarial, run);
    return adversarial;
  }

  private static Batch image(int target, float... pixels) {
    ImageBatch image = new ImageBatch(Tensor.of(pixels, 1, 1, 2, 2), new long[] {3});
    return new Batch(image, new int[] {0}, new int[] {target});
  }
}
