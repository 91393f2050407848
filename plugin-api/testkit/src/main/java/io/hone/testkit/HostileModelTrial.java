package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.Reason;
import io.hone.api.run.Setting;
import io.hone.testkit.model.ExactClassifier;
import java.util.Optional;
import java.util.function.Supplier;

/** One attack on one hostile model, with and without a budget, and what must hold of it. */
final class HostileModelTrial<P extends Record> {
  private static final String REASON = "[a-z0-9]+(-[a-z0-9]+)*";

  private final Attack<P> attack;
  private final MeasuredParameters<P> parameters;
  private final Supplier<TestRun> runs;
  private final String name;
  private final ExactClassifier model;
  private final Batch clean;

  /** What an attack left behind. */
  private record Outcome(Tensor adversarial, WitnessVictim witness, TestRun run, int[] predicted) {}

  /**
   * Arranges an encounter.
   *
   * @param runs gives equal runs, a new one for each attempt
   * @param name of the model, for messages
   * @param clean labels and targets as the model sees them
   */
  HostileModelTrial(
      Attack<P> attack,
      MeasuredParameters<P> parameters,
      Supplier<TestRun> runs,
      String name,
      ExactClassifier model,
      Batch clean) {
    this.attack = attack;
    this.parameters = parameters;
    this.runs = runs;
    this.name = name;
    this.model = model;
    this.clean = clean;
  }

  /** Checks that the attack ends in bounds with a reason where it failed, whatever its budget. */
  void check() {
    Outcome free = attacked(Long.MAX_VALUE);
    checkBounds(free, Long.MAX_VALUE);
    long most = 0;
    for (int row = 0; row < clean.size(); row++) {
      Optional<String> reason = reasonOfFailure(free, row, Long.MAX_VALUE);
      Optional<String> known = free.witness().obstacle(clean.sample(row));
      if (failed(free, row) && known.isPresent()) {
        ContractRule.A2.check(
            met(row, Long.MAX_VALUE),
            () -> assertThat(reason).as("reason that Run.giveUp was told").isEqualTo(known));
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
    checkBounds(cut, budget);
    for (int row = 0; row < clean.size(); row++) {
      Optional<String> reason = reasonOfFailure(cut, row, budget);
      long needed = free.witness().queries(clean.sample(row));
      int index = row;
      if (needed <= budget) {
        ContractRule.A3.check(
            met(row, budget),
            () ->
                assertThat(cut.adversarial().row(index))
                    .as("the image of a sample that makes %d queries without a budget", needed)
                    .isEqualTo(free.adversarial().row(index)));
      } else if (failed(cut, row)) {
        ContractRule.A4.check(
            met(row, budget),
            () ->
                assertThat(reason)
                    .as("reason of a sample that makes %d queries without a budget", needed)
                    .contains(Reason.BUDGET));
      }
    }
  }

  private Outcome attacked(long budget) {
    TestRun run = runs.get();
    P values = parameters.parameters();
    Tensor adversarial = clean.pixels().copy();
    WitnessVictim witness =
        new WitnessVictim(
            new CountingVictim(model, attack.access(values), budget, run), met(budget));
    Setting setting = new Setting(model.shape(), model.classes(), clean.size(), clean.targeted());
    attack.prepare(values, setting, run);
    // The witness ends an attack that goes on for ever with an error of rule A5.
    (budget == Long.MAX_VALUE ? ContractRule.B9 : ContractRule.B8)
        .check(met(budget), () -> attack.attack(values, witness, clean, adversarial, run));
    int[] predicted = model.predict(clean.images().with(adversarial));
    return new Outcome(adversarial, witness, run, predicted);
  }

  private void checkBounds(Outcome outcome, long budget) {
    ContractRule.B9.check(
        met(budget), () -> assertThatTensor(outcome.adversarial()).isWithinPixelRange());
    Optional<Ball> ball = parameters.ball();
    for (int row = 0; ball.isPresent() && row < clean.size(); row++) {
      double distance =
          ball.get().norm().distance(outcome.adversarial().row(row), clean.pixels().row(row));
      ContractRule.A1.check(
          met(row, budget),
          () ->
              assertThat(distance)
                  .as("%s distance from the clean image", ball.get().norm())
                  .isLessThanOrEqualTo(ball.get().radius()));
    }
  }

  private String met(int row, long budget) {
    return met(budget) + ", sample " + clean.sample(row);
  }

  private String met(long budget) {
    return "model %s of %s images, %s, %s, with %s"
        .formatted(
            name,
            model.shape(),
            clean.targeted() ? "targeted" : "untargeted",
            budget == Long.MAX_VALUE ? "without a budget" : budget + " queries a sample",
            parameters.parameters());
  }

  private boolean failed(Outcome outcome, int row) {
    return !clean.succeeds(row, outcome.predicted()[row]);
  }

  /** Returns what the attack says; the framework knows a reason of its own for silence. */
  private Optional<String> reasonOfFailure(Outcome outcome, int row, long budget) {
    Optional<String> reason = outcome.run().givenUp(clean.sample(row));
    reason.ifPresent(
        text ->
            ContractRule.A6.check(
                met(row, budget), () -> assertThat(text).as("reason").matches(REASON)));
    if (failed(outcome, row) && reason.isEmpty() && outcome.predicted()[row] < 0) {
      return Optional.of(Reason.NAN);
    }
    return reason;
  }
}
