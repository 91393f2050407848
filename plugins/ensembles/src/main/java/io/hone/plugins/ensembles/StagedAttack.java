package io.hone.plugins.ensembles;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs stages on a batch: each one on the samples that no stage before it broke, and from their
 * clean images.
 */
final class StagedAttack {
  /** Why a sample is left whose image of the last stage is not within epsilon and the bounds. */
  private static final String OUT_OF_REACH = "out-of-reach";

  private final List<Stage> stages;
  private final Ball ball;
  private final int confirmations;
  private final Victim victim;
  private final Batch clean;
  private final Tensor adversarial;
  private final Run run;
  private final StageReasons[] reasons;
  private final boolean[] outOfReach;

  /**
   * Creates the work on a batch.
   *
   * @param ball that no emitted image leaves
   * @param confirmations how often the victim is asked about an image that a stage emits
   * @param adversarial receives the images
   */
  StagedAttack(
      List<Stage> stages,
      Ball ball,
      int confirmations,
      Victim victim,
      Batch clean,
      Tensor adversarial,
      Run run) {
    this.stages = stages;
    this.ball = ball;
    this.confirmations = confirmations;
    this.victim = victim;
    this.clean = clean;
    this.adversarial = adversarial;
    this.run = run;
    this.outOfReach = new boolean[clean.size()];
    this.reasons =
        IntStream.range(0, clean.size())
            .mapToObj(row -> new StageReasons())
            .toArray(StageReasons[]::new);
  }

  /** Runs the stages in order, as long as samples are left. */
  void run() {
    ActiveSamples robust = ActiveSamples.of(clean);
    for (int number = 0; number < stages.size(); number++) {
      run.checkCancelled();
      if (robust.isEmpty()) {
        return;
      }
      Stage stage = stages.get(number);
      Tensor images = stage.attack(victim, clean.select(rows(robust)), run);
      for (int index = 0; index < robust.size(); index++) {
        emit(robust.row(index), images.row(index));
        run.credit(robust.sample(index), stage.name());
      }
      // The framework looks at what the last stage emits.
      boolean last = number == stages.size() - 1;
      Answers answers = last && confirmations == 1 ? Answers.NONE : ask(robust, stage);
      robust.keep(judge(robust, run.within(stage.name()), answers)::get);
    }
  }

  private static int[] rows(ActiveSamples samples) {
    return IntStream.range(0, samples.size()).map(samples::row).toArray();
  }

  /** Writes a stage's image, or the clean one where the image is not an allowed one. */
  private void emit(int row, float[] image) {
    float[] original = clean.pixels().row(row);
    boolean allowed =
        ball.norm().distance(image, original) <= ball.radius() && clean.bounds(row).holds(image);
    adversarial.setRow(row, allowed ? image : original);
    outOfReach[row] = !allowed;
  }

  /** Asks the victim about the emitted images of the samples that can pay for it. */
  private Answers ask(ActiveSamples robust, Stage stage) {
    Victim asked = victim.within(stage.name());
    ActiveSamples paying = robust.copy();
    paying.keep(index -> asked.remainingQueries(paying.sample(index)) >= confirmations);
    Answers answers = new Answers(confirmations);
    for (int draw = 0; draw < confirmations && !paying.isEmpty(); draw++) {
      int[] predicted = asked.predict(paying.images(adversarial));
      for (int index = 0; index < paying.size(); index++) {
        answers.add(
            paying.sample(index), predicted[index], paying.succeeds(index, predicted[index]));
      }
    }
    return answers;
  }

  /** Tells which samples are still robust, and why the others are not looked at any more. */
  private List<Boolean> judge(ActiveSamples robust, Run context, Answers answers) {
    return IntStream.range(0, robust.size())
        .mapToObj(index -> staysRobust(robust, index, context, answers))
        .toList();
  }

  private boolean staysRobust(ActiveSamples robust, int index, Run context, Answers answers) {
    int row = robust.row(index);
    long sample = robust.sample(index);
    Answers.Verdict verdict = answers.of(sample);
    Optional<String> unreached = outOfReach[row] ? Optional.of(OUT_OF_REACH) : Optional.empty();
    reasons[row].add(context.givenUp(sample).or(verdict::reason).or(() -> unreached));
    run.giveUp(sample, reasons[row].ofAll());
    if (verdict == Answers.Verdict.BROKEN) {
      return false;
    }
    if (verdict == Answers.Verdict.UNPAID) {
      run.giveUp(sample, Reason.BUDGET);
      return false;
    }
    if (confirmations > 1) {
      // One answer decides later; it must not be a lucky one.
      adversarial.setRow(row, clean.pixels().row(row));
    }
    return true;
  }
}
