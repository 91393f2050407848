package io.hone.plugins.optimization.lbfgs;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.plugins.optimization.LinearProblem;
import io.hone.plugins.optimization.lbfgs.LbfgsGradientDescent.Params;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.NanClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published code's steps against computation by hand, on a model with known slopes. */
class LbfgsGradientDescentTest {
  private static final Params PUBLISHED = new Params(20, 0.5f, 0.1f);

  private static final double[] CLEAN = {0.5, 0.5, 0.5, 0.4};

  /** Of the logit of class 1 less that of class 0. */
  private static final double[] SLOPE = {3, -4, 0, 12};

  private final TestRun run = new TestRun(1);

  @Test
  void takesOneStepAsComputedByHand() {
    // probability of class 0: 1 / (1 + exp(-2.2)) = 0.9002495; times 0.5 * 0.1: 0.0450125
    assertThat(attacked(new Params(1, 0.5f, 0.1f), LinearProblem.image(true)).row(0))
        .containsExactly(new float[] {0.6350374f, 0.3199501f, 0.5f, 0.9401497f}, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 20, 0.5, 0.1",
    "false, 20, 0.5, 0.1",
    "true, 20, 0.1, 0.1",
    "true, 20, 0.01, 1",
    "false, 7, 0.01, 0.5",
    "true, 5, 0.5, 0"
  })
  void followsTheFormula(boolean targeted, int steps, float stepSize, float weight) {
    Tensor found = attacked(new Params(steps, stepSize, weight), LinearProblem.image(targeted));
    double[] expected = byHand(targeted, steps, stepSize, weight);
    for (int feature = 0; feature < expected.length; feature++) {
      assertThat((double) found.get(0, feature)).isCloseTo(expected[feature], within(2e-5));
    }
    assertThat(run.givenUpSamples()).isEmpty();
  }

  /** Clips after every step; the mean squared change is of four features. */
  private static double[] byHand(boolean targeted, int steps, double stepSize, double weight) {
    double[] image = CLEAN.clone();
    for (int step = 0; step < steps; step++) {
      double lead = 3 * image[0] - 4 * image[1] + 12 * image[3] - 6.5;
      // The cross-entropy to class 1 falls with the lead, that to class 0 rises.
      double perLead = targeted ? -1 / (1 + Math.exp(lead)) : -1 / (1 + Math.exp(-lead));
      for (int feature = 0; feature < image.length; feature++) {
        double near = 2 * (image[feature] - CLEAN[feature]) / 4;
        double gradient = (1 - weight) * near + weight * perLead * SLOPE[feature];
        image[feature] = Math.max(0, Math.min(1, image[feature] - stepSize * gradient));
      }
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 19})
  void leavesTheStepsThatItsBudgetPaidFor(int budget) {
    Batch clean = LinearProblem.image(true);
    CountingVictim victim = new CountingVictim(LinearProblem.MODEL, Access.GRADIENTS, budget, run);
    Tensor cut = attacked(PUBLISHED, victim, clean);
    assertThat(victim.gradientQueries(LinearProblem.SAMPLE)).isEqualTo(budget);
    assertThat(victim.forwardQueries(LinearProblem.SAMPLE)).isZero();
    assertThat(run.givenUp(LinearProblem.SAMPLE)).contains("budget");
    if (budget == 0) {
      assertThatTensor(cut).isSameAs(clean.pixels());
    } else {
      assertThatTensor(cut).isSameAs(attacked(new Params(budget, 0.5f, 0.1f), clean));
    }
  }

  @Test
  void leavesTheLastAttemptWhereTheModelBreaks() {
    Batch clean = LinearProblem.image(true);
    ExactClassifier breaking = new NanClassifier(LinearProblem.MODEL, image -> image[0] != 0.5);
    Tensor broken = attacked(PUBLISHED, new CountingVictim(breaking, Access.GRADIENTS, run), clean);
    assertThat(run.givenUp(LinearProblem.SAMPLE)).contains("nan");
    assertThatTensor(broken).isSameAs(attacked(new Params(1, 0.5f, 0.1f), clean));
  }

  private Tensor attacked(Params parameters, Batch clean) {
    return attacked(
        parameters, new CountingVictim(LinearProblem.MODEL, Access.GRADIENTS, run), clean);
  }

  private Tensor attacked(Params parameters, CountingVictim victim, Batch clean) {
    Tensor adversarial = clean.pixels().copy();
    new LbfgsGradientDescent().attack(parameters, victim, clean, adversarial, run);
    return adversarial;
  }
}
