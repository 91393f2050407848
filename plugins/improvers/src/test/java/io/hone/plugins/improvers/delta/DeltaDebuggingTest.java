package io.hone.plugins.improvers.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.plugins.improvers.order.Order;
import io.hone.plugins.improvers.order.Unit;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.LinearClassifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaDebuggingTest {
  private static final long SAMPLE = 7;

  private final TestRun run = new TestRun(1);

  @ParameterizedTest(name = "chunks: {0}, alone: {1}: {2} queries")
  @CsvSource({
    // the label; the first half goes; of four the first half stays, the other goes; of two the last
    // stays, the first goes
    "2, true, 6",
    // the label and each on its own, up to the sixth
    "8, true, 7",
    // the label; five go one after the other; the sixth stays, and those behind go
    "8, false, 9"
  })
  void findsTheOneFeatureThatMatters(int chunks, boolean alone, int queries) {
    // the sixth of eight features holds the label
    double[] weights = {0, 0, 0, 0, 0, 1, 0, 0};
    LinearClassifier model =
        new LinearClassifier(
            new ImageShape(1, 1, 8),
            new double[][] {new double[8], weights},
            new double[] {0.5, 0});
    CountingVictim victim = new CountingVictim(model, Access.LABELS, run);
    Tensor example = Tensor.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 1, 1, 1, 8);
    Batch clean =
        new Batch(
            new ImageBatch(Tensor.images(1, example.imageShape()), new long[] {SAMPLE}),
            new int[] {0},
            new int[] {1});
    improve(params(Order.SEQUENTIAL, chunks, alone), victim, clean, example);
    assertThat(example.row(0)).containsExactly(0, 0, 0, 0, 0, 1, 0, 0);
    assertThat(victim.forwardQueries(SAMPLE)).isEqualTo(queries);
  }

  @ParameterizedTest(name = "{0}, chunks: {1}, alone: {2}, targeted: {3}")
  @CsvSource({
    "SEQUENTIAL, 2, true, true",
    "SEQUENTIAL, 2, false, false",
    "GRADIENT, 4, true, false",
    "RANDOM, 1000, false, true"
  })
  void leavesNothingThatCouldBeRestoredOnItsOwn(
      Order order, int chunks, boolean alone, boolean targeted) {
    TinySamples samples = new TinySamples(new ImageShape(2, 5, 4), 25);
    Batch clean = samples.clean(targeted);
    Tensor improved = samples.adversarial(targeted);
    int[] labels = samples.classifier().predict(clean.images().with(improved));
    CountingVictim victim = new CountingVictim(samples.classifier(), order.access(), run);
    improve(params(order, chunks, alone), victim, clean, improved);

    for (int row = 0; row < clean.size(); row++) {
      for (int feature = 0; feature < improved.rowSize(); feature++) {
        Tensor without = improved.select(row);
        without.set(0, feature, clean.pixels().get(row, feature));
        if (without.get(0, feature) != improved.get(row, feature)) {
          assertThat(samples.classifier().predict(new ImageBatch(without, new long[1])))
              .as("sample %d without feature %d", row, feature)
              .doesNotContain(labels[row]);
        }
      }
    }
  }

  private static DeltaDebugging.Params params(Order order, int chunks, boolean alone) {
    return new DeltaDebugging.Params(order, Unit.FEATURE, chunks, alone);
  }

  private void improve(
      DeltaDebugging.Params params, CountingVictim victim, Batch clean, Tensor example) {
    new DeltaDebugging().improve(params, victim, clean, example, run);
  }
}
