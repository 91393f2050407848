package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.plugins.optimization.LinearProblem;
import io.hone.plugins.optimization.cw.CarliniWagnerLinf.Params;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarliniWagnerLinfTest {
  /** The paper's, but for fewer steps. */
  private static final Params PARAMETERS = new Params(200, 0.005f, 1e-5, 20, 2, 0.9);

  private final TestRun run = new TestRun(1);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheSmallestLargestChange(boolean targeted) {
    Batch clean = LinearProblem.image(targeted);
    Params fine = new Params(1000, 0.002f, 1e-5, 20, 2, 0.99);
    float[] found = attacked(LinearProblem.MODEL, clean, fine).row(0);
    double minimum = LinearProblem.MARGIN / 19;
    assertThat(Norm.LINF.distance(found, clean.pixels().row(0)))
        .isBetween(minimum * (1 - 1e-6), minimum * 1.02);
    assertThat(run.givenUpSamples()).isEmpty();
  }

  @Test
  void changesLessThanTheL2AttackWhereItMatters() {
    TinySamples samples = new TinySamples(new ImageShape(1, 5, 5), 12);
    Batch clean = samples.clean(false);
    Tensor linf = attacked(samples.classifier(), clean, PARAMETERS);
    Tensor squared = clean.pixels().copy();
    CountingVictim victim = new CountingVictim(samples.classifier(), Access.GRADIENTS, run);
    new CarliniWagnerL2().attack(CarliniWagnerL2.Params.of(200, 9), victim, clean, squared, run);
    for (int row = 0; row < clean.size(); row++) {
      float[] center = clean.pixels().row(row);
      assertThat(Norm.LINF.distance(linf.row(row), center))
          .isPositive()
          .isLessThan(Norm.LINF.distance(squared.row(row), center));
    }
  }

  @Test
  void keepsTheBestWithinItsBudget() {
    Batch clean = LinearProblem.image(true);
    double last = Double.POSITIVE_INFINITY;
    for (long budget : new long[] {1, 100, 400, 800}) {
      TestRun cut = new TestRun(1);
      CountingVictim victim =
          new CountingVictim(LinearProblem.MODEL, Access.GRADIENTS, budget, cut);
      Tensor adversarial = clean.pixels().copy();
      new CarliniWagnerLinf().attack(PARAMETERS, victim, clean, adversarial, cut);
      assertThat(victim.gradientQueries(LinearProblem.SAMPLE)).isEqualTo(budget);
      assertThat(cut.givenUp(LinearProblem.SAMPLE)).contains("budget");
      boolean found = LinearProblem.MODEL.predict(clean.images().with(adversarial))[0] == 1;
      assertThat(Arrays.equals(adversarial.row(0), clean.pixels().row(0))).isEqualTo(!found);
      double distance = Norm.LINF.distance(adversarial.row(0), clean.pixels().row(0));
      double measured = found ? distance : Double.POSITIVE_INFINITY;
      assertThat(measured).isLessThanOrEqualTo(last);
      last = measured;
    }
    assertThat(last).isLessThan(0.5);
  }

  @Test
  void saysWhyNothingWasFound() {
    Batch clean = LinearProblem.image(true);
    assertThat(attacked(LinearProblem.outOfReach(), clean, PARAMETERS).row(0))
        .isEqualTo(clean.pixels().row(0));
    assertThat(run.givenUp(LinearProblem.SAMPLE)).contains("not-found");
    TestRun other = new TestRun(1);
    ConstantClassifier flat = new ConstantClassifier(LinearProblem.SHAPE, 1, 0);
    new CarliniWagnerLinf()
        .attack(
            PARAMETERS,
            new CountingVictim(flat, Access.GRADIENTS, other),
            clean,
            clean.pixels().copy(),
            other);
    assertThat(other.givenUp(LinearProblem.SAMPLE)).contains("no-gradient");
  }

  private Tensor attacked(DifferentiableClassifier model, Batch clean, Params parameters) {
    Tensor adversarial = clean.pixels().copy();
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, run);
    new CarliniWagnerLinf().attack(parameters, victim, clean, adversarial, run);
    return adversarial;
  }
}
