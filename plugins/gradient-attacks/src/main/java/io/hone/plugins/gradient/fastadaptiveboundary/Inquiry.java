package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.model.LossGradient;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;

/**
 * Asks the model about samples of one batch as far as their budgets pay. It remembers whose search
 * has ended, and what hindered the others.
 */
final class Inquiry {
  private final Victim victim;
  private final Batch clean;
  private final Run run;
  private final boolean[] ended;
  private final boolean[] sawNan;
  private final boolean[] sawSlope;

  Inquiry(Victim victim, Batch clean, Run run) {
    this.victim = victim;
    this.clean = clean;
    this.run = run;
    this.ended = new boolean[clean.size()];
    this.sawNan = new boolean[clean.size()];
    this.sawSlope = new boolean[clean.size()];
  }

  int classes() {
    return victim.classes();
  }

  /** Returns the samples whose search goes on. */
  ActiveSamples open() {
    ActiveSamples open = ActiveSamples.of(clean);
    keepOpen(open);
    return open;
  }

  /** Lets samples go whose search has ended. */
  void keepOpen(ActiveSamples active) {
    active.keep(index -> !ended[active.row(index)]);
  }

  /** Returns whether the search of a row has ended. */
  boolean ended(int row) {
    return ended[row];
  }

  /** Ends the search of a row, which needs no reason. */
  void end(int row) {
    ended[row] = true;
  }

  /** Ends the search of a row and tells why. */
  void giveUp(int row, String reason) {
    run.giveUp(clean.sample(row), reason);
    end(row);
  }

  /** Gives up a row whose search made all its steps without an example. */
  void giveUpSearched(int row) {
    if (sawNan[row]) {
      giveUp(row, Reason.NAN);
    } else {
      giveUp(row, sawSlope[row] ? Reason.NOT_FOUND : Reason.NO_GRADIENT);
    }
  }

  /** Remembers whether a row's gradients lead anywhere. */
  void note(int row, boolean nan, boolean slope) {
    sawNan[row] |= nan;
    sawSlope[row] |= slope;
  }

  /**
   * Asks for logits. Samples that cannot pay or that get NaN end, and leave the samples asked
   * about.
   */
  void logits(ActiveSamples asked, Tensor images, Answers answers) {
    keepPaying(asked);
    if (asked.isEmpty()) {
      return;
    }
    Tensor logits = victim.logits(asked.images(images));
    asked.keep(
        index -> {
          answers.take(asked.row(index), logits, index);
          return holdsNumbers(asked.row(index), answers);
        });
  }

  /** Asks for logits and the gradient of a boundary's margin; samples leave as for logits alone. */
  void slopes(ActiveSamples asked, Tensor images, Boundary boundary, Answers answers) {
    keepPaying(asked);
    if (asked.isEmpty()) {
      return;
    }
    int[] looked = new int[asked.size()];
    for (int index = 0; index < looked.length; index++) {
      looked[index] = boundary.looked(asked.row(index));
    }
    LossGradient found = victim.lossGradient(asked.images(images), boundary.loss(), looked);
    asked.keep(
        index -> {
          answers.take(asked.row(index), found, index);
          return holdsNumbers(asked.row(index), answers);
        });
  }

  /**
   * Asks for gradients of one logit less the label's.
   *
   * @param classes the class of each sample asked about that pays, by row of the batch
   * @return one gradient for each sample that is left
   */
  Tensor differences(ActiveSamples asked, Tensor images, int[] classes) {
    keepPaying(asked);
    Tensor cotangent = Tensor.zeros(asked.size(), victim.classes());
    for (int index = 0; index < asked.size(); index++) {
      int row = asked.row(index);
      cotangent.set(index, classes[row], 1);
      cotangent.set(index, clean.label(row), -1);
    }
    return asked.isEmpty() ? cotangent : victim.vjp(asked.images(images), cotangent);
  }

  private void keepPaying(ActiveSamples asked) {
    run.checkCancelled();
    asked.keep(
        index -> {
          boolean pays = victim.paysOrGivesUp(asked.sample(index), 1, run);
          ended[asked.row(index)] |= !pays;
          return pays;
        });
  }

  private boolean holdsNumbers(int row, Answers answers) {
    if (answers.predicted(row) < 0) {
      giveUp(row, Reason.NAN);
      return false;
    }
    return true;
  }
}
