package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.improve.Improver;
import io.hone.api.run.Reason;
import io.hone.api.run.Setting;
import io.hone.api.tensor.Tensor;
import io.hone.testkit.model.ExactClassifier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One improver on one model, which may be hostile, and on examples of every odd kind: whatever the
 * model says, no example is lost.
 */
final class Improvement<P extends Record> {
  private static final long[] BUDGETS = {0, 1, 2, 3, 7, Long.MAX_VALUE};
  private static final double ROUNDING = 1e-6;

  private final Improver<P> improver;
  private final P parameters;
  private final Supplier<TestRun> runs;
  private final ExactClassifier model;
  private final Batch clean;
  private final Tensor received;
  private final int[] predicted;

  /**
   * Arranges examples, which are adversarial by their labels: the model decides what they are.
   *
   * @param runs gives equal runs, a new one for each attempt
   */
  Improvement(
      Improver<P> improver,
      P parameters,
      Supplier<TestRun> runs,
      ExactClassifier model,
      Batch images,
      boolean targeted) {
    this.improver = improver;
    this.parameters = parameters;
    this.runs = runs;
    this.model = model;
    this.received = examples(images.pixels());
    this.predicted = model.predict(images.images().with(received));
    int[] labels = new int[images.size()];
    int[] targets = new int[images.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (Math.max(0, predicted[row]) + 1) % model.classes();
      targets[row] = targeted ? Math.max(0, predicted[row]) : Batch.NO_TARGET;
    }
    this.clean = new Batch(images.images(), labels, targets);
  }

  /** Each row differs from its clean image in another way; the last kind not at all. */
  private static Tensor examples(Tensor clean) {
    Tensor examples = clean.copy();
    for (int row = 0; row < clean.rows(); row++) {
      RandomGenerator random = new SampleRandom(31, row);
      int only = random.nextInt(clean.rowSize());
      for (int feature = 0; feature < clean.rowSize(); feature++) {
        float original = clean.get(row, feature);
        float value =
            switch (row % 6) {
              case 0 -> random.nextFloat();
              case 1 -> original < 0.5f ? 1 : 0;
              case 2 -> original + (original < 0.5f ? 1 : -1) * random.nextFloat() / 600;
              case 3 -> random.nextInt(3) == 0 ? random.nextFloat() : original;
              case 4 -> feature == only ? random.nextFloat() : original;
              default -> original;
            };
        examples.set(row, feature, value);
      }
    }
    return examples;
  }

  /** Checks every budget. */
  void check() {
    for (long budget : BUDGETS) {
      TestRun run = runs.get();
      Tensor improved = received.copy();
      Setting setting = new Setting(model.shape(), model.classes(), clean.size(), clean.targeted());
      improver.prepare(parameters, setting, run);
      CountingVictim victim = new CountingVictim(model, improver.access(parameters), budget, run);
      improver.improve(parameters, victim, clean, improved, run);
      assertThatTensor(improved).isWithinPixelRange();
      int[] kept = model.predict(clean.images().with(improved));
      for (int row = 0; row < clean.size(); row++) {
        String what = "row %d within %d queries".formatted(row, budget);
        assertThat(kept[row]).as("class of %s", what).isEqualTo(predicted[row]);
        checkRow(what, row, improved, run);
      }
    }
  }

  private void checkRow(String what, int row, Tensor improved, TestRun run) {
    Distances before = Distances.between(clean.pixels().row(row), received.row(row));
    Distances after = Distances.between(clean.pixels().row(row), improved.row(row));
    after.assertNoneExceeds(before, ROUNDING, what);
    if (!clean.succeeds(row, predicted[row])) {
      assertThat(improved.row(row)).as(what).isEqualTo(received.row(row));
      run.givenUp(clean.sample(row))
          .ifPresent(
              reason ->
                  assertThat(reason)
                      .as(what)
                      .isEqualTo(predicted[row] < 0 ? Reason.NAN : Reason.NOT_ADVERSARIAL));
    }
  }
}
