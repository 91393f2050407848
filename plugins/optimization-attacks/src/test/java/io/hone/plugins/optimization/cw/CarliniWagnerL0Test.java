package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.plugins.optimization.LinearProblem;
import io.hone.plugins.optimization.cw.CarliniWagnerL0.Params;
import io.hone.plugins.optimization.cw.CarliniWagnerL0.Unit;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarliniWagnerL0Test {
  private static final Params PARAMETERS = new Params(200, 0.01f, 1e-3, 2e6, 2, Unit.PIXEL);

  private final TestRun run = new TestRun(1);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changesTheOneFeatureThatSuffices(boolean targeted) {
    Batch clean = LinearProblem.image(targeted);
    float[] found = attacked(LinearProblem.MODEL, clean, PARAMETERS).row(0);
    assertThat(found[0]).isEqualTo(0.5f);
    assertThat(found[1]).isEqualTo(0.5f);
    assertThat(found[2]).isEqualTo(0.5f);
    assertThat(found[3]).isBetween(0.4f + (float) LinearProblem.MARGIN / 12, 0.65f);
    assertThat(run.givenUpSamples()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void changesFewerPlacesThanTheL2Attack(Unit unit) {
    TinySamples samples = new TinySamples(new ImageShape(3, 4, 4), 12);
    Batch clean = samples.clean(true);
    Params parameters = new Params(200, 0.01f, 1e-3, 2e6, 2, unit);
    Tensor few = attacked(samples.classifier(), clean, parameters);
    Tensor squared = clean.pixels().copy();
    CountingVictim victim = new CountingVictim(samples.classifier(), Access.GRADIENTS, run);
    new CarliniWagnerL2().attack(CarliniWagnerL2.Params.of(200, 9), victim, clean, squared, run);
    AllowedSet places = new AllowedSet(48, unit == Unit.PIXEL ? 3 : 1);
    for (int row = 0; row < clean.size(); row++) {
      float[] center = clean.pixels().row(row);
      assertThat(places.changed(few.row(row), center))
          .isPositive()
          .isLessThan(places.changed(squared.row(row), center) / 2 + 1);
    }
  }

  @Test
  void fixesWholePixelsByChangeAndSlope() {
    AllowedSet allowed = new AllowedSet(8, 2);
    float[] clean = new float[8];
    float[] image = {0.1f, 0, 0.1f, 0.1f, -0.1f, 0, 0.1f, 0.1f};
    float[] slope = {1, 9, 0.001f, 2, 1, 9, 0.001f, -2};
    allowed.shrink(image, clean, slope);
    assertThat(allowed.changed(image, clean)).isEqualTo(3);
    float[] gradient = {1, 1, 1, 1, 1, 1, 1, 1};
    allowed.mask(gradient);
    assertThat(gradient).containsExactly(0, 1, 1, 1, 0, 1, 1, 1);
    allowed.shrink(image, clean, slope);
    allowed.fix(image, clean);
    assertThat(image).containsExactly(new float[] {0, 0, 0.1f, 0.1f, 0, 0, 0.1f, 0.1f}, within(0f));
    assertThat(allowed.isEmpty()).isFalse();
    allowed.shrink(image, clean, slope);
    allowed.shrink(image, clean, slope);
    assertThat(allowed.isEmpty()).isTrue();
  }

  @Test
  void keepsToItsBudget() {
    Batch clean = LinearProblem.image(true);
    for (long budget : new long[] {1, 50, 500}) {
      TestRun cut = new TestRun(1);
      CountingVictim victim =
          new CountingVictim(LinearProblem.MODEL, Access.GRADIENTS, budget, cut);
      Tensor adversarial = clean.pixels().copy();
      new CarliniWagnerL0().attack(PARAMETERS, victim, clean, adversarial, cut);
      assertThat(victim.gradientQueries(LinearProblem.SAMPLE)).isEqualTo(budget);
      assertThat(cut.givenUp(LinearProblem.SAMPLE)).contains("budget");
    }
  }

  @Test
  void saysWhyNothingWasFound() {
    Batch clean = LinearProblem.image(true);
    assertThat(attacked(LinearProblem.outOfReach(), clean, PARAMETERS).row(0))
        .isEqualTo(clean.pixels().row(0));
    assertThat(run.givenUp(LinearProblem.SAMPLE)).contains("not-found");
  }

  private Tensor attacked(DifferentiableClassifier model, Batch clean, Params parameters) {
    Tensor adversarial = clean.pixels().copy();
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, run);
    new CarliniWagnerL0().attack(parameters, victim, clean, adversarial, run);
    return adversarial;
  }
}
