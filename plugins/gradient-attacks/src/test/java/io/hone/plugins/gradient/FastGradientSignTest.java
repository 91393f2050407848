package io.hone.plugins.gradient;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.NanClassifier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastGradientSignTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);

  /** Class 1 minus class 0 weighs the features 3, -4, 0 and 12: a vector of length 13. */
  private static final LinearClassifier LINEAR =
      new LinearClassifier(SHAPE, new double[][] {{0, 0, 0, 0}, {3, -4, 0, 12}}, new double[2]);

  private final TestRun run = new TestRun(1);

  @Test
  void stepsTowardTheTargetAlongTheSign() {
    Batch clean = single(0, 1, 0.5f, 0.5f, 0.5f, 0.95f);
    assertThat(attacked(LINEAR, clean, 0.1f, Norm.LINF).row(0))
        .containsExactly(new float[] {0.6f, 0.4f, 0.5f, 1}, within(1e-6f));
  }

  @Test
  void stepsAwayFromTheLabelWithoutATarget() {
    Batch clean = single(1, Batch.NO_TARGET, 0.5f, 0.5f, 0.5f, 0.05f);
    assertThat(attacked(LINEAR, clean, 0.1f, Norm.LINF).row(0))
        .containsExactly(new float[] {0.4f, 0.6f, 0.5f, 0}, within(1e-6f));
  }

  @Test
  void stepsAlongTheGradientInL2() {
    Batch clean = single(0, 1, 0.5f, 0.5f, 0.5f, 0.5f);
    assertThat(attacked(LINEAR, clean, 0.26f, Norm.L2).row(0))
        .containsExactly(new float[] {0.56f, 0.42f, 0.5f, 0.74f}, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void leavesAnImageWithoutSlopeAlone(Norm norm) {
    LinearClassifier flat = new LinearClassifier(SHAPE, new double[2][4], new double[2]);
    Batch clean = single(0, 1, 0.1f, 0.2f, 0.3f, 0.4f);
    assertThatTensor(attacked(flat, clean, 0.1f, norm)).isSameAs(clean.pixels());
    assertThat(run.givenUp(3)).contains("no-gradient");
  }

  @ParameterizedTest
  @EnumSource
  void flagsASampleWithoutAGradientAndKeepsItClean(Norm norm) {
    Batch clean =
        new Batch(
            new ImageBatch(
                Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0.9f, 0.5f, 0.5f, 0.5f}, 2, 1, 2, 2),
                new long[] {3, 4}),
            new int[] {0, 0},
            new int[] {1, 1});
    NanClassifier broken = new NanClassifier(LINEAR, image -> image[0] > 0.8);
    Tensor adversarial = attacked(broken, clean, 0.1f, norm);
    assertThat(adversarial.row(0)).isNotEqualTo(clean.pixels().row(0));
    assertThat(adversarial.row(1)).isEqualTo(clean.pixels().row(1));
    assertThat(run.givenUpSamples()).containsExactly(4L);
    assertThat(run.givenUp(4)).contains("nan");
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.3f, 8 / 255f, 1e-3f})
  void neverMovesFartherThanEpsilon(float epsilon) {
    TinySamples samples = new TinySamples(new ImageShape(3, 8, 8), 40);
    Batch clean = samples.clean(false);
    Tensor adversarial = attacked(samples.classifier(), clean, epsilon, Norm.LINF);
    for (int row = 0; row < clean.size(); row++) {
      int moved = 0;
      for (int feature = 0; feature < adversarial.rowSize(); feature++) {
        double before = clean.pixels().get(row, feature);
        double change = Math.abs(adversarial.get(row, feature) - before);
        assertThat(change).isLessThanOrEqualTo(epsilon);
        moved += change > 0.999 * epsilon ? 1 : 0;
      }
      assertThat(moved).isGreaterThan(adversarial.rowSize() / 2);
    }
  }

  @Test
  void staysInTheL2Ball() {
    TinySamples samples = new TinySamples(new ImageShape(3, 8, 8), 40);
    Batch clean = samples.clean(true);
    Tensor adversarial = attacked(samples.classifier(), clean, 0.7f, Norm.L2);
    for (int row = 0; row < clean.size(); row++) {
      int current = row;
      double sum =
          IntStream.range(0, adversarial.rowSize())
              .mapToDouble(
                  feature ->
                      (double) adversarial.get(current, feature)
                          - clean.pixels().get(current, feature))
              .map(change -> change * change)
              .sum();
      assertThat(Math.sqrt(sum)).isBetween(0.2, 0.7 + 1e-7);
    }
  }

  @Test
  void asksForOneGradientAnImage() {
    Batch clean = single(0, 1, 0.5f, 0.5f, 0.5f, 0.5f);
    CountingVictim victim = new CountingVictim(LINEAR, Access.GRADIENTS, run);
    FastGradientSign.Params parameters = new FastGradientSign.Params(0.1f, Norm.LINF);
    new FastGradientSign().attack(parameters, victim, clean, clean.pixels().copy(), run);
    assertThat(victim.gradientQueries(3)).isEqualTo(1);
    assertThat(victim.forwardQueries(3)).isZero();
  }

  private Tensor attacked(ExactClassifier model, Batch clean, float epsilon, Norm norm) {
    Tensor adversarial = clean.pixels().copy();
    new FastGradientSign()
        .attack(
            new FastGradientSign.Params(epsilon, norm),
            new CountingVictim(model, Access.GRADIENTS, run),
            clean,
            adversarial,
            run);
    return adversarial;
  }

  private static Batch single(int label, int target, float... pixels) {
    ImageBatch image = new ImageBatch(Tensor.of(pixels, 1, 1, 2, 2), new long[] {3});
    return new Batch(image, new int[] {label}, new int[] {target});
  }
}
