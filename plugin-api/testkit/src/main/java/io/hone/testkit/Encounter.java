package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.attack.Attack;
import io.hone.api.data.Batch;
import io.hone.api.geometry.Ball;
import io.hone.api.run.Reason;
import io.hone.api.run.Setting;
import io.hone.api.tensor.Tensor;
import io.hone.testkit.model.ExactClassifier;
import java.util.Optional;
import java.util.function.Supplier;

/** One attack on one hostile model, with and without a budget, and what must hold of it. */
final class Encounter<P extends Record> {
  private static final String REASON = "[a-z0-9]+(-[a-z0-9]+)*";

  private final Attack<P> attack;
  private final MeasuredParameters<P> parameters;
  private final Supplier<TestRun> runs;
  private final ExactClassifier model;
  private final Batch clean;

  /** What an attack left behind. */
  private record Outcome(Tensor adversarial, WitnessVictim witness, TestRun run, int[] predicted) {}

  /**
   * Arranges an encounter.
   *
   * @param runs gives equal runs, a new one for each attempt
   * @param clean labels and targets as the model sees them
   */
  Encounter(
      Attack<P> attack,
      MeasuredParameters<P> parameters,
      Supplier<TestRun> runs,
      ExactClassifier model,
      Batch clean) {
    this.attack = attack;
    this.parameters = parameters;
    this.runs = runs;
    this.model = model;
    this.clean = clean;
  }

  /** Checks that the attack ends in bounds with a reason where it failed, whatever its budget. */
  void check() {
    Outcome free = attacked(Long.MAX_VALUE);
    checkBounds(free);
    long most = 0;
    for (int row = 0; row < clean.size(); row++) {
      Optional<String> reason = reasonOfFailure(free, row);
      Optional<String> known = free.witness().obstacle(clean.sample(row));
      if (failed(free, row) && known.isPresent()) {
        assertThat(reason).as("reason of row %d, which the attack was told", row).isEqualTo(known);
      }
      most = Math.max(most, free.witness().queries(clean.sample(row)));
    }
    for (long budget : new long[] {0, 1, 2, 3, most / 2, most}) {
      checkWithin(budget, free);
    }
  }

  /** Checks that a budget changes nothing but what it forbids, and is the reason where it does. */
  private void checkWithin(long budget, Outcome free) {
    Outcome cut = attacked(budget);
    checkBounds(cut);
    for (int row = 0; row < clean.size(); row++) {
      Optional<String> reason = reasonOfFailure(cut, row);
      if (free.witness().queries(clean.sample(row)) <= budget) {
        assertThat(cut.adversarial().row(row))
            .as("row %d within a budget of %d that it does not exceed", row, budget)
            .isEqualTo(free.adversarial().row(row));
      } else if (failed(cut, row)) {
        assertThat(reason)
            .as("reason of row %d cut at %d queries", row, budget)
            .contains(Reason.BUDGET);
      }
    }
  }

  private Outcome attacked(long budget) {
    TestRun run = runs.get();
    P values = parameters.parameters();
    Tensor adversarial = clean.pixels().copy();
    WitnessVictim witness =
        new WitnessVictim(new CountingVictim(model, attack.access(values), budget, run));
    Setting setting = new Setting(model.shape(), model.classes(), clean.size(), clean.targeted());
    attack.prepare(values, setting, run);
    attack.attack(values, witness, clean, adversarial, run);
    int[] predicted = model.predict(clean.images().with(adversarial));
    return new Outcome(adversarial, witness, run, predicted);
  }

  private void checkBounds(Outcome outcome) {
    assertThatTensor(outcome.adversarial()).isWithinPixelRange();
    Optional<Ball> ball = parameters.ball();
    for (int row = 0; ball.isPresent() && row < clean.size(); row++) {
      double distance =
          ball.get().norm().distance(outcome.adversarial().row(row), clean.pixels().row(row));
      assertThat(distance)
          .as("%s distance of row %d", ball.get().norm(), row)
          .isLessThanOrEqualTo(ball.get().radius());
    }
  }

  private boolean failed(Outcome outcome, int row) {
    return !clean.succeeds(row, outcome.predicted()[row]);
  }

  /** Returns what the attack says; the framework knows a reason of its own for silence. */
  private Optional<String> reasonOfFailure(Outcome outcome, int row) {
    Optional<String> reason = outcome.run().givenUp(clean.sample(row));
    reason.ifPresent(text -> assertThat(text).as("reason of row %d", row).matches(REASON));
    if (failed(outcome, row) && reason.isEmpty() && outcome.predicted()[row] < 0) {
      return Optional.of(Reason.NAN);
    }
    return reason;
  }
}
