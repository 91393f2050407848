package io.hone.engine.step.attack;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.scenario.Goal;
import java.util.random.RandomGenerator;

/** Gives each sample the class that a goal wants of it. */
final class TargetChooser {
  /** Keys the random targets, so that every step of a scenario draws the same ones. */
  static final String STREAM = "goal";

  private final Goal goal;
  private final Run run;

  TargetChooser(Goal goal, Run run) {
    this.goal = goal;
    this.run = run;
  }

  /**
   * Returns the target of a sample, or {@link Batch#NO_TARGET} where the goal has none for it.
   *
   * @param logits of the clean images
   */
  int target(Tensor logits, int row, int label, long sample) {
    if (goal.decidedByLabel()) {
      return goal.targetOf(label).orElse(Batch.NO_TARGET);
    }
    if (goal instanceof Goal.NextBest) {
      return best(logits, row, label, 1);
    }
    if (goal instanceof Goal.LeastLikely) {
      return best(logits, row, label, -1);
    }
    if (goal instanceof Goal.Random) {
      return random(logits.rowSize(), label, sample);
    }
    return Batch.NO_TARGET;
  }

  /** The class other than the label with the largest logit, or with sign -1 the smallest. */
  private static int best(Tensor logits, int row, int label, int sign) {
    int best = Batch.NO_TARGET;
    for (int candidate = 0; candidate < logits.rowSize(); candidate++) {
      if (candidate == label) {
        continue;
      }
      if (best == Batch.NO_TARGET
          || sign * logits.get(row, candidate) > sign * logits.get(row, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private int random(int classes, int label, long sample) {
    if (classes < 2) {
      return Batch.NO_TARGET;
    }
    RandomGenerator random = run.random(sample);
    int drawn = random.nextInt(classes - 1);
    return drawn < label ? drawn : drawn + 1;
  }
}
