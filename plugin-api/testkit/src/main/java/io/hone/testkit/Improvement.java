package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.Improver;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Setting;
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
  private final String name;
  private final ExactClassifier model;
  private final Batch clean;
  private final Tensor received;
  private final int[] predicted;

  /**
   * Arranges examples, which are adversarial by their labels: the model decides what they are.
   *
   * @param runs gives equal runs, a new one for each attempt
   * @param name of the model, for messages
   */
  Improvement(
      Improver<P> improver,
      P parameters,
      Supplier<TestRun> runs,
      String name,
      ExactClassifier model,
      Batch images,
      boolean targeted) {
    this.improver = improver;
    this.parameters = parameters;
    this.runs = runs;
    this.name = name;
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
      String met =
          "model %s of %s images, %s, within %d queries a sample"
              .formatted(name, model.shape(), clean.targeted() ? "targeted" : "untargeted", budget);
      ContractRule.B8.check(met, () -> improver.improve(parameters, victim, clean, improved, run));
      ContractRule.B9.check(met, () -> assertThatTensor(improved).isWithinPixelRange());
      int[] kept = model.predict(clean.images().with(improved));
      for (int row = 0; row < clean.size(); row++) {
        checkRow(met + ", sample " + clean.sample(row), row, kept[row], budget, improved, run);
      }
    }
  }

  private void checkRow(String met, int row, int kept, long budget, Tensor improved, TestRun run) {
    ContractRule.I1.check(
        met,
        () ->
            assertThat(kept)
                .as("class of the improved image; the received one has class %d", predicted[row])
                .isEqualTo(predicted[row]));
    ContractRule.I2.check(
        met,
        () ->
            MeasuredDistances.between(clean.pixels().row(row), improved.row(row))
                .assertNoneExceeds(
                    MeasuredDistances.between(clean.pixels().row(row), received.row(row)),
                    ROUNDING,
                    "the improved image"));
    if (!clean.succeeds(row, predicted[row])) {
      ContractRule.I3.check(met, () -> checkLeftAlone(row, budget, improved, run));
    }
  }

  private void checkLeftAlone(int row, long budget, Tensor improved, TestRun run) {
    assertThat(improved.row(row)).as("an image that is no success").isEqualTo(received.row(row));
    run.givenUp(clean.sample(row))
        // Without a query, an improver cannot know what the image is.
        .filter(reason -> budget > 0 || !reason.equals(Reason.BUDGET))
        .ifPresent(
            reason ->
                assertThat(reason)
                    .as("reason of an image of class %d", predicted[row])
                    .isEqualTo(predicted[row] < 0 ? Reason.NAN : Reason.NOT_ADVERSARIAL));
  }
}
