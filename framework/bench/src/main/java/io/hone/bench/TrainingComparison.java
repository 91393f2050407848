package io.hone.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sides that train one network in turns with the same number of threads.
 *
 * @param workload that they train
 * @param sides in the order of their turns
 */
record TrainingComparison(TrainingWorkload workload, List<TrainingSide> sides) {
  /**
   * Makes sure that all sides learn the same network, and warms up those that stay in this process.
   *
   * @throws IllegalStateException naming the side that trains another number of weights, or whose
   *     loss does not fall on a batch that it learns by heart
   */
  void check() throws IOException {
    TrainingFigures first = null;
    for (TrainingSide side : sides) {
      TrainingFigures figures = side.train(workload, TrainingLength.oneBatch(workload));
      first = first == null ? figures : first;
      if (figures.weights().isPresent() && !figures.weights().equals(first.weights())) {
        throw new IllegalStateException(
            "%s trains %d weights of %s, but %s trains %d; give both the same layers"
                .formatted(
                    side.name(),
                    figures.weights().getAsLong(),
                    workload,
                    sides.get(0).name(),
                    first.weights().orElse(0)));
      }
      if (!(figures.lastLoss() < figures.firstLoss())) {
        throw new IllegalStateException(
            "%s does not learn %s: the loss went from %s to %s on one batch"
                .formatted(side.name(), workload, figures.firstLoss(), figures.lastLoss()));
      }
    }
  }

  /**
   * Lets the sides take turns.
   *
   * @return the turns of each side, in the order of the sides
   */
  List<TrainingTurns> turns(int examples, int rounds, Streams streams) throws IOException {
    List<TrainingTurns> turns =
        sides.stream().map(side -> new TrainingTurns(side, new ArrayList<>())).toList();
    for (int round = 0; round < rounds; round++) {
      for (TrainingTurns side : turns) {
        TrainingFigures figures = side.side().train(workload, TrainingLength.epoch(examples));
        side.figures().add(figures);
        streams
            .log()
            .printf(
                Locale.ROOT,
                "%s: %s, threads %d: %.2f s, CPU %.2f s%n",
                workload,
                side.side().name(),
                side.side().threads(),
                figures.seconds(),
                figures.cpuSeconds());
      }
    }
    return turns;
  }
}
