package io.hone.plugins.gradient;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepFoolTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

  /** Class 0 up to x0 = 0.6, class 1 beyond; class 2 beyond 3 x0 + 4 x1 = 6. */
  private static final LinearClassifier LINEAR =
      new LinearClassifier(
          SHAPE, new double[][] {{0, 0}, {1, 0}, {3, 4}}, new double[] {0, -0.6, -6});

  private static final DeepFool.Params L2 = new DeepFool.Params(50, 10, 0.02f, DeepFool.Measure.L2);

  private final TestRun run = new TestRun(1);

  @Test
  void crossesTheNearestPlaneInOneStep() {
    CountingVictim victim = new CountingVictim(LINEAR, Access.GRADIENTS, run);
    Tensor adversarial = attacked(L2, victim, image(0.5f, 0.2f));
    assertThat(adversarial.row(0))
        .containsExactly(new float[] {0.5f + 1.02f * (0.1f + 1e-4f), 0.2f}, within(1e-6f));
    assertThat(victim.forwardQueries(3)).isEqualTo(2);
    assertThat(victim.gradientQueries(3)).isEqualTo(2);
  }

  @Test
  void looksAtTheCandidatesOnly() {
    // The class of the second largest logit is farther away than the third's.
    LinearClassifier model =
        new LinearClassifier(
            SHAPE, new double[][] {{0, 0}, {0.1, 0}, {10, 0}}, new double[] {0, -0.09, -6});
    float[] all = attacked(L2, victim(model), image(0.5f, 0)).row(0);
    DeepFool.Params two = new DeepFool.Params(50, 2, 0.02f, DeepFool.Measure.L2);
    float[] nearest = attacked(two, victim(model), image(0.5f, 0)).row(0);
    assertThat(all[0]).isEqualTo(0.602f, within(1e-3f));
    assertThat(nearest[0]).isEqualTo(0.908f, within(1e-3f));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void keepsAnImageCleanWhoseBudgetPaysForNoLookAtAStep(long budget) {
    CountingVictim victim = new CountingVictim(LINEAR, Access.GRADIENTS, budget, run);
    Batch clean = image(0.5f, 0.2f);
    assertThatTensor(attacked(L2, victim, clean)).isSameAs(clean.pixels());
    assertThat(run.givenUp(3)).contains("budget");
    assertThat(victim.gradientQueries(3)).isZero();
  }

  @Test
  void succeedsWithABudgetThatJustPays() {
    CountingVictim victim = new CountingVictim(LINEAR, Access.GRADIENTS, 4, run);
    Batch clean = image(0.5f, 0.2f);
    assertThat(attacked(L2, victim, clean).row(0)).isNotEqualTo(clean.pixels().row(0));
    assertThat(run.givenUpSamples()).isEmpty();
  }

  @Test
  void saysWhyNothingWasFound() {
    assertThat(reason(new ConstantClassifier(SHAPE, 1, 0, -1))).isEqualTo("no-gradient");
    assertThat(reason(new ConstantClassifier(SHAPE, 1))).isEqualTo("not-found");
    assertThat(reason(new NanClassifier(LINEAR, image -> true))).isEqualTo("nan");
    assertThat(reason(new NanClassifier(LINEAR, image -> image[0] != 0.5))).isEqualTo("nan");
    // The other class is beyond the edge of the cube.
    double[][] weights = {{0, 0}, {1, 0}};
    assertThat(reason(new LinearClassifier(SHAPE, weights, new double[] {0, -2})))
        .isEqualTo("not-found");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void endsWithAsManyClassesAsThereAre(int classes) {
    ImageShape shape = new ImageShape(1, 1, 1);
    LinearClassifier model = LinearClassifier.random(shape, classes, new SplittableRandom(5));
    Tensor pixel = Tensor.of(new float[] {0.5f}, 1, 1, 1, 1);
    ImageBatch images = new ImageBatch(pixel, new long[] {3});
    Batch clean = new Batch(images, model.predict(images), new int[] {Batch.NO_TARGET});
    assertThatTensor(attacked(L2, victim(model), clean)).isWithinPixelRange();
  }

  @Test
  void asksNoMoreOfASampleThatIsDone() {
    TinySamples samples = new TinySamples(new ImageShape(1, 4, 4), 40);
    Batch clean = samples.clean(false);
    CountingVictim victim = victim(samples.classifier());
    attacked(L2, victim, clean);
    long most = 0;
    long least = Long.MAX_VALUE;
    for (int row = 0; row < clean.size(); row++) {
      most = Math.max(most, victim.forwardQueries(clean.sample(row)));
      least = Math.min(least, victim.forwardQueries(clean.sample(row)));
    }
    assertThat(least).isLessThan(most);
  }

  @Test
  void refusesATarget() {
    Setting targeted = new Setting(SHAPE, 3, 1, true);
    assertThatThrownBy(() -> new DeepFool().prepare(L2, targeted, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("untargeted");
  }

  private String reason(ExactClassifier model) {
    TestRun fresh = new TestRun(1);
    Batch clean = image(0.5f, 0.2f);
    Tensor adversarial = clean.pixels().copy();
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, fresh);
    new DeepFool().attack(L2, victim, clean, adversarial, fresh);
    assertThatTensor(adversarial).isSameAs(clean.pixels());
    return fresh.givenUp(3).orElseThrow();
  }

  private CountingVictim victim(ExactClassifier model) {
    return new CountingVictim(model, Access.GRADIENTS, run);
  }

  private Tensor attacked(DeepFool.Params parameters, CountingVictim victim, Batch clean) {
    Tensor adversarial = clean.pixels().copy();
    new DeepFool().attack(parameters, victim, clean, adversarial, run);
    return adversarial;
  }

  private static Batch image(float... pixels) {
    ImageBatch image = new ImageBatch(Tensor.of(pixels, 1, 1, 1, 2), new long[] {3});
    return new Batch(image, new int[] {0}, new int[] {Batch.NO_TARGET});
  }
}
