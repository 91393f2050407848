package io.hone.learning.loop;

import io.hone.learning.engine.LearnerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A training after a whole number of epochs.
 *
 * @param state of the network
 * @param best the weights with the smallest loss so far
 * @param history of all epochs so far
 */
record Checkpoint(LearnerState state, Map<String, float[]> best, List<EpochFigures> history) {
  Checkpoint {
    history = List.copyOf(history);
  }

  /** Returns the checkpoint one epoch later. */
  Checkpoint after(LearnerState next, Map<String, float[]> weights, EpochFigures figures) {
    List<EpochFigures> longer = new ArrayList<>(history);
    longer.add(figures);
    boolean better = history.isEmpty() || figures.loss() < history.get(bestEpoch()).loss();
    return new Checkpoint(next, better ? weights : best, longer);
  }

  int epochs() {
    return history.size();
  }

  /** Returns the epoch with the smallest loss, the first among equals, counted from 0. */
  int bestEpoch() {
    int best = 0;
    for (int epoch = 1; epoch < history.size(); epoch++) {
      if (history.get(epoch).loss() < history.get(best).loss()) {
        best = epoch;
      }
    }
    return best;
  }

  /** Returns whether a plan ends here. */
  boolean done(TrainingPlan plan) {
    return epochs() >= plan.epochs() || epochs() - 1 - bestEpoch() >= plan.patience();
  }
}
