package io.hone.plugins.improvers;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.LinearClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreedyTest {
  private static final ImageShape FOUR = new ImageShape(1, 1, 4);

  private final TestRun run = new TestRun(1);

  @ParameterizedTest(name = "step {0}, {1} channels, targeted: {2}")
  @CsvSource({
    "6, 1, true",
    "6, 3, true",
    "6, 3, false",
    "1, 2, false",
    "5, 3, true",
    "1000, 2, true"
  })
  void doesWhatTheAlgorithmSaysWithAsManyQueries(int step, int channels, boolean targeted) {
    ImageShape shape = new ImageShape(channels, 9, 7);
    TinySamples samples = new TinySamples(shape, 40);
    Batch clean = samples.clean(targeted);
    Tensor received = samples.adversarial(targeted);
    Tensor improved = received.copy();
    CountingVictim victim = new CountingVictim(samples.classifier(), Access.LABELS, run);

    new Greedy().improve(new Greedy.Params(step), victim, clean, improved, run);

    long most = 0;
    for (int row = 0; row < clean.size(); row++) {
      LiteralGreedy literal = new LiteralGreedy(shape, image -> predict(samples, shape, image));
      assertThat(improved.row(row))
          .isEqualTo(literal.improve(received.row(row), clean.pixels().row(row), step));
      assertThat(victim.forwardQueries(clean.sample(row))).isEqualTo(literal.queries());
      most = Math.max(most, literal.queries());
    }
    assertThat(victim.calls()).as("all samples advance together").isEqualTo(most);
  }

  private static int predict(TinySamples samples, ImageShape shape, float[] image) {
    Tensor pixels = Tensor.of(image, 1, shape.channels(), shape.height(), shape.width());
    return samples.classifier().predict(new ImageBatch(pixels, new long[1]))[0];
  }

  @Test
  void removesWhatTheLabelDoesNotNeed() {
    // class 1 wins where the second feature exceeds 0.5: the other three are redundant
    LinearClassifier model = model(0, 1, 0, 0);
    assertThat(improved(model, Long.MAX_VALUE, 0.2f, 0.9f, 0.2f, 0.2f))
        .containsExactly(0, 0.9f, 0, 0);
  }

  @Test
  void restoresDifferencesThatVanishIn8BitsFirst() {
    LinearClassifier model = model(0, 1, 0, 0);
    CountingVictim victim = new CountingVictim(model, Access.LABELS, run);
    float[] result = improved(victim, 0.001f, 0.9f, 0.001f, 0.001f);
    assertThat(result).containsExactly(0, 0.9f, 0, 0);
    // label, the three vanishing ones, then the block of the last one at 6, 3 and 1
    assertThat(victim.forwardQueries(7)).isEqualTo(5);
  }

  @Test
  void keepsDifferencesThatVanishIn8BitsWhereTheLabelNeedsThem() {
    // 0.4999 and 0.5001 are the same grey value, and the border is between them
    LinearClassifier model = model(0, 1, 0, 0);
    Tensor clean = Tensor.of(new float[] {0, 0.4999f, 0, 0}, 1, 1, 1, 4);
    Tensor adversarial = Tensor.of(new float[] {0, 0.5001f, 0.002f, 0}, 1, 1, 1, 4);
    CountingVictim victim = new CountingVictim(model, Access.LABELS, run);
    new Greedy().improve(new Greedy.Params(6), victim, batch(clean), adversarial, run);
    assertThat(adversarial.row(0)).containsExactly(0, 0.5001f, 0, 0);
  }

  @Test
  void keepsWhatWasConfirmedWhenTheBudgetEnds() {
    LinearClassifier model = model(0, 1, 0, 0);
    // label; then blocks of 1: the first is redundant, the second is not, the rest is never asked
    CountingVictim victim = new CountingVictim(model, Access.LABELS, 3, run);
    Tensor adversarial = Tensor.of(new float[] {0.2f, 0.9f, 0.2f, 0.2f}, 1, 1, 1, 4);
    Batch clean = batch(Tensor.images(1, FOUR));
    new Greedy().improve(new Greedy.Params(1), victim, clean, adversarial, run);
    assertThat(adversarial.row(0)).containsExactly(0, 0.9f, 0.2f, 0.2f);
    assertThat(victim.remainingQueries(7)).isZero();
  }

  private float[] improved(LinearClassifier model, long budget, float... adversarial) {
    return improved(new CountingVictim(model, Access.LABELS, budget, run), adversarial);
  }

  private float[] improved(CountingVictim victim, float... adversarial) {
    Tensor image = Tensor.of(adversarial, 1, 1, 1, 4);
    Batch clean = batch(Tensor.images(1, FOUR));
    new Greedy().improve(new Greedy.Params(6), victim, clean, image, run);
    return image.row(0);
  }

  private static Batch batch(Tensor clean) {
    return new Batch(new ImageBatch(clean, new long[] {7}), new int[] {0}, new int[] {1});
  }

  /** Class 1 wins where the weighted sum of the features exceeds a half. */
  private static LinearClassifier model(double... weights) {
    return new LinearClassifier(
        FOUR, new double[][] {new double[4], weights}, new double[] {0.5, 0});
  }
}
