package io.hone.plugins.improvers.pointwise;

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

class PointwiseTest {
  private static final long SAMPLE = 7;

  private final TestRun run = new TestRun(1);

  @Test
  void restoresWhatIsRedundantAndSearchesTheRestByHalves() {
    // class 1 wins where the second feature exceeds 0.3
    Tensor example = improved(10, Long.MAX_VALUE);
    assertThat(example.get(0, 0)).isZero();
    assertThat(example.get(0, 2)).isZero();
    assertThat(example.get(0, 1)).isGreaterThan(0.3f).isCloseTo(0.3f, within(2e-3f));
  }

  @Test
  void onlyRestoresWithoutHalvings() {
    Tensor example = improved(0, Long.MAX_VALUE);
    assertThat(example.row(0)).containsExactly(0, 0.8f, 0);
  }

  @Test
  void asksOneQueryForEachFeatureOfAPass() {
    CountingVictim victim = victim(Long.MAX_VALUE);
    improve(0, victim);
    // the label; a pass over three, which restores two; a pass over the one left
    assertThat(victim.forwardQueries(SAMPLE)).isEqualTo(5);
  }

  @Test
  void keepsWhatTheHalvesReachedWhenTheBudgetEnds() {
    // five queries restore, the sixth asks for 0, and two halves ask for 0.4 and 0.2
    Tensor example = improved(10, 8);
    assertThat(example.row(0)).containsExactly(0, 0.4f, 0);
  }

  private Tensor improved(int halvings, long budget) {
    return improve(halvings, victim(budget));
  }

  private Tensor improve(int halvings, CountingVictim victim) {
    Tensor example = Tensor.of(new float[] {0.7f, 0.8f, 0.9f}, 1, 1, 1, 3);
    Batch clean =
        new Batch(
            new ImageBatch(Tensor.images(1, example.imageShape()), new long[] {SAMPLE}),
            new int[] {0},
            new int[] {1});
    new Pointwise().improve(new Pointwise.Params(halvings), victim, clean, example, run);
    return example;
  }

  private CountingVictim victim(long budget) {
    double[][] weights = {new double[3], {0, 1, 0}};
    LinearClassifier model =
        new LinearClassifier(new ImageShape(1, 1, 3), weights, new double[] {0.3, 0});
    return new CountingVictim(model, Access.LABELS, budget, run);
  }
}
