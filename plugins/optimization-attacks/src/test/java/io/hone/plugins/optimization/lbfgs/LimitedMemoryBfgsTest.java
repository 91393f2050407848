package io.hone.plugins.optimization.lbfgs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.plugins.optimization.LinearProblem;
import io.hone.plugins.optimization.lbfgs.LimitedMemoryBfgs.Params;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedMemoryBfgsTest {
  private static final Params TWELVE_WEIGHTS = new Params(12, 0.01, 1000, 10, 1e-9, 1e-9);

  private static final double NEAREST = LinearProblem.MARGIN / 13;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheNearestPointBeyondTheBoundary(boolean targeted) {
    Batch clean = LinearProblem.image(targeted);
    Attempt attempt = new Attempt(LinearProblem.MODEL, clean, Long.MAX_VALUE);
    assertThat(attempt.succeeded()).isTrue();
    assertThat(attempt.distance()).isBetween(NEAREST * (1 - 1e-6), NEAREST * 1.01);
    assertThat(attempt.run.givenUpSamples()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsTheBestWithinItsBudget(boolean targeted) {
    Batch clean = LinearProblem.image(targeted);
    long all = new Attempt(LinearProblem.MODEL, clean, Long.MAX_VALUE).queries();
    double last = Double.POSITIVE_INFINITY;
    for (long budget = 0; budget < all; budget++) {
      Attempt cut = new Attempt(LinearProblem.MODEL, clean, budget);
      assertThat(cut.queries()).isEqualTo(targeted ? budget : budget / 2 * 2);
      assertThat(cut.run.givenUp(LinearProblem.SAMPLE)).contains("budget");
      double distance = cut.succeeded() ? cut.distance() : Double.POSITIVE_INFINITY;
      assertThat(cut.distance() == 0).isEqualTo(!cut.succeeded());
      assertThat(distance).isLessThanOrEqualTo(last);
      last = distance;
    }
    assertThat(last).isLessThan(NEAREST * 1.01);
    assertThat(new Attempt(LinearProblem.MODEL, clean, all).run.givenUpSamples()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysWhyNothingWasFound(boolean targeted) {
    Batch clean = LinearProblem.image(targeted);
    assertThat(reason(LinearProblem.outOfReach(), clean)).isEqualTo("not-found");
    assertThat(reason(new ConstantClassifier(LinearProblem.SHAPE, 1, 0), clean))
        .isEqualTo("no-gradient");
    assertThat(reason(new NanClassifier(LinearProblem.MODEL, image -> image[0] != 0.5), clean))
        .isEqualTo("nan");
    assertThat(reason(new NanClassifier(LinearProblem.MODEL, image -> true), clean))
        .isEqualTo("nan");
  }

  @Test
  void keepsWhatWasFoundBeforeTheModelBroke() {
    Batch clean = LinearProblem.image(true);
    AtomicInteger asked = new AtomicInteger();
    NanClassifier breaking =
        new NanClassifier(LinearProblem.MODEL, image -> asked.incrementAndGet() > 60);
    Attempt attempt = new Attempt(breaking, clean, Long.MAX_VALUE);
    assertThat(asked.get()).isGreaterThan(60);
    assertThat(attempt.succeeded()).isTrue();
    assertThat(attempt.distance()).isGreaterThanOrEqualTo(NEAREST * (1 - 1e-6));
    assertThat(attempt.run.givenUpSamples()).isEmpty();
  }

  @Test
  void multipliesTheWeightUntilItSucceedsThenBisects() {
    WeightSearch weights = new WeightSearch(0.01, 6);
    double[] expected = {0.01, 0.1, 1, 0.55, 0.325, 0.4375};
    boolean[] successes = {false, false, true, true, false, true};
    for (int step = 0; step < expected.length; step++) {
      assertThat(weights.running()).isTrue();
      assertThat(weights.weight()).isCloseTo(expected[step], within(1e-12));
      weights.tell(successes[step]);
    }
    assertThat(weights.running()).isFalse();
  }

  private static String reason(DifferentiableClassifier model, Batch clean) {
    Attempt attempt = new Attempt(model, clean, Long.MAX_VALUE);
    assertThat(attempt.distance()).isZero();
    return attempt.run.givenUp(LinearProblem.SAMPLE).orElseThrow();
  }

  /** The attack on one image, with what came of it. */
  private static final class Attempt {
    final TestRun run = new TestRun(1);
    private final Batch clean;
    private final CountingVictim victim;
    private final Tensor adversarial;

    Attempt(DifferentiableClassifier model, Batch clean, long budget) {
      this.clean = clean;
      this.victim = new CountingVictim(model, Access.GRADIENTS, budget, run);
      this.adversarial = clean.pixels().copy();
      new LimitedMemoryBfgs().attack(TWELVE_WEIGHTS, victim, clean, adversarial, run);
    }

    /** Asks the model itself, which answers where what the attack saw of it broke. */
    boolean succeeded() {
      return clean.succeeds(0, LinearProblem.MODEL.predict(clean.images().with(adversarial))[0]);
    }

    double distance() {
      return Norm.L2.distance(adversarial.row(0), clean.pixels().row(0));
    }

    long queries() {
      return victim.gradientQueries(LinearProblem.SAMPLE)
          + victim.forwardQueries(LinearProblem.SAMPLE);
    }
  }
}
