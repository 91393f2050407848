package io.hone.plugins.improvers.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.LinearClassifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixTest {
  private static final long SAMPLE = 7;

  private final TestRun run = new TestRun(1);

  @ParameterizedTest(
      name = "needs the last {0} of 16, {1} lengths at a time: {2} queries, {3} calls")
  @CsvSource({
    // 1 to 16 may be restored: halves; the label is a query and a call of its own, as is the
    // ranking
    "1, 1, 6, 6",
    "5, 1, 5, 5",
    "16, 1, 5, 5",
    // five, then two of the three between, or one of two
    "5, 4, 7, 3",
    "9, 16, 17, 2",
    "9, 100, 17, 2"
  })
  void restoresTheLongestPrefixThatKeepsTheLabel(int needed, int lengths, int queries, int calls) {
    CountingVictim victim = victim(needed, Long.MAX_VALUE);
    Tensor example = example();
    improve(lengths, victim, example);
    for (int feature = 0; feature < 16; feature++) {
      assertThat(example.get(0, feature)).isEqualTo(feature < 16 - needed ? 0 : 1);
    }
    assertThat(victim.forwardQueries(SAMPLE)).isEqualTo(queries);
    assertThat(victim.calls() - victim.gradientQueries(SAMPLE)).isEqualTo(calls);
  }

  @ParameterizedTest(name = "{0} queries")
  @CsvSource({"1, 0", "2, 0", "3, 8", "4, 11", "5, 11", "7, 12"})
  void triesAsManyLengthsAsItsBudgetAllows(long budget, int restored) {
    Tensor example = example();
    CountingVictim victim = victim(4, budget);
    improve(2, victim, example);
    float sum = 0;
    for (float value : example.row(0)) {
      sum += value;
    }
    assertThat(16 - sum).isEqualTo(restored);
    assertThat(victim.remainingQueries(SAMPLE)).isZero();
  }

  private void improve(int lengths, CountingVictim victim, Tensor example) {
    Batch clean =
        new Batch(
            new ImageBatch(Tensor.images(1, example.imageShape()), new long[] {SAMPLE}),
            new int[] {0},
            new int[] {1});
    new Prefix()
        .improve(
            new Prefix.Params(Order.GRADIENT, Unit.FEATURE, lengths), victim, clean, example, run);
  }

  /** Class 1 needs the last features, each of which is worth more than the one before. */
  private CountingVictim victim(int needed, long budget) {
    double[] weights = new double[16];
    double limit = 0;
    for (int feature = 0; feature < 16; feature++) {
      weights[feature] = 1 + 0.001 * feature;
      limit += feature >= 16 - needed ? weights[feature] : 0;
    }
    double[][] rows = {new double[16], weights};
    LinearClassifier model =
        new LinearClassifier(new ImageShape(1, 1, 16), rows, new double[] {limit - 0.1, 0});
    return new CountingVictim(model, Order.GRADIENT.access(), budget, run);
  }

  private static Tensor example() {
    Tensor ones = Tensor.zeros(1, 1, 1, 16);
    for (int feature = 0; feature < 16; feature++) {
      ones.set(0, feature, 1);
    }
    return ones;
  }
}
