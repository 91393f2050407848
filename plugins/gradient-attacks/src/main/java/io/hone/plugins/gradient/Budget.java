package io.hone.plugins.gradient;

import io.hone.api.attack.ActiveSamples;
import io.hone.api.attack.Victim;
import io.hone.api.run.Run;

/** What becomes of samples whose queries are spent. */
final class Budget {
  private Budget() {}

  /** Keeps the samples that may make so many more queries, and gives the others up. */
  static void keepPaying(ActiveSamples active, Victim victim, long queries, Run run) {
    active.keep(
        index -> {
          boolean pays = victim.remainingQueries(active.sample(index)) >= queries;
          if (!pays) {
            run.giveUp(active.sample(index), "budget");
          }
          return pays;
        });
  }
}
