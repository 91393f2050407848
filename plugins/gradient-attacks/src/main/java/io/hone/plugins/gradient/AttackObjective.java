package io.hone.plugins.gradient;

import io.hone.api.data.Batch;
import io.hone.api.model.Loss;
import io.hone.api.victim.ActiveSamples;

/**
 * What an attack descends.
 *
 * @param loss lower where the goal is nearer
 * @param wholeBatch the class that the loss looks at, for each row of the whole batch
 */
record AttackObjective(Loss loss, int[] wholeBatch) {
  /** Returns a loss of the classes that the goal names. */
  static AttackObjective of(Batch clean, Loss loss) {
    return new AttackObjective(loss, clean.goalClasses());
  }

  /** Returns the classes of the samples that are left. */
  int[] classes(ActiveSamples active) {
    int[] classes = new int[active.size()];
    for (int index = 0; index < classes.length; index++) {
      classes[index] = wholeBatch[active.row(index)];
    }
    return classes;
  }
}
