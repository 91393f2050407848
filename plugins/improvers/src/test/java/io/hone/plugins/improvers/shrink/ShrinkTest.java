package io.hone.plugins.improvers.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.LinearClassifier;
import org.junit.jupiter.api.Test;

class ShrinkTest {
  private static final long SAMPLE = 7;

  private final TestRun run = new TestRun(1);

  @Test
  void reachesTheShortestPerturbationOfALinearModel() {
    // 3 a + b + c = 1.2 within [0, 0.9]: the shortest is 1.2 (3, 1, 1) / 11
    float[] shrunk = shrunk(params(0.5, 1e-4), new double[] {3, 1, 1}, 1.2, 0.9f, 0.9f, 0.9f);
    assertThat(shrunk[0]).isCloseTo(3.6f / 11, within(2e-2f));
    assertThat(length(shrunk)).isBetween(1.2 / Math.sqrt(11), 1.005 * 1.2 / Math.sqrt(11));
  }

  @Test
  void keepsToTheBoxBetweenTheCleanImageAndTheExample() {
    // the first may reach 0.2 only: the other two carry the remaining 0.6 in halves
    float[] shrunk = shrunk(params(0.5, 1e-4), new double[] {3, 1, 1}, 1.2, 0.2f, 0.9f, 0.9f);
    assertThat(shrunk[0]).isBetween(0f, 0.2f).isCloseTo(0.2f, within(1e-3f));
    assertThat(shrunk[1]).isCloseTo(0.3f, within(1e-2f));
    assertThat(shrunk[2]).isCloseTo(0.3f, within(1e-2f));
  }

  @Test
  void leavesRestoredFeaturesRestored() {
    float[] shrunk = shrunk(params(0.5, 1e-3), new double[] {3, 1, 1}, 0.6, 0, 0.9f, 0.9f);
    assertThat(shrunk[0]).isZero();
    assertThat(shrunk[1]).isCloseTo(0.3f, within(1e-2f));
  }

  @Test
  void shrinksAllByOneFactorWithoutAPull() {
    Shrink.Params params = params(0, 1e-3);
    assertThat(new Shrink().access(params)).isEqualTo(Access.LABELS);
    CountingVictim victim = victim(Access.LABELS, Long.MAX_VALUE, new double[] {3, 1, 1}, 1.5);
    Tensor example = Tensor.of(new float[] {0.8f, 0.4f, 0.2f}, 1, 1, 1, 3);
    new Shrink().improve(params, victim, clean(), example, run);
    assertThat(example.get(0, 0)).isCloseTo(0.4f, within(2e-3f));
    assertThat(example.get(0, 1)).isCloseTo(0.2f, within(1e-3f));
    assertThat(example.get(0, 2)).isCloseTo(0.1f, within(1e-3f));
    assertThat(victim.gradientQueries(SAMPLE)).isZero();
  }

  @Test
  void keepsWhatWasConfirmedWhenTheBudgetEnds() {
    CountingVictim victim = victim(Access.LABELS, 2, new double[] {1, 1, 1}, 0.1);
    Tensor example = Tensor.of(new float[] {0.8f, 0.4f, 0.2f}, 1, 1, 1, 3);
    new Shrink().improve(params(0, 1e-3), victim, clean(), example, run);
    assertThat(example.row(0)).containsExactly(0.4f, 0.2f, 0.1f);
  }

  private static Shrink.Params params(double pull, double tolerance) {
    return new Shrink.Params(pull, tolerance);
  }

  private static double length(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private float[] shrunk(Shrink.Params params, double[] weights, double limit, float... received) {
    Tensor example = Tensor.of(received, 1, 1, 1, 3);
    CountingVictim victim = victim(Access.GRADIENTS, Long.MAX_VALUE, weights, limit);
    new Shrink().improve(params, victim, clean(), example, run);
    return example.row(0);
  }

  private static Batch clean() {
    Tensor pixels = Tensor.images(1, new ImageShape(1, 1, 3));
    return new Batch(new ImageBatch(pixels, new long[] {SAMPLE}), new int[] {0}, new int[] {1});
  }

  private CountingVictim victim(Access access, long budget, double[] weights, double limit) {
    double[][] rows = {new double[3], weights};
    LinearClassifier model =
        new LinearClassifier(new ImageShape(1, 1, 3), rows, new double[] {limit, 0});
    return new CountingVictim(model, access, budget, run);
  }
}
