package io.hone.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A side and its turns.
 *
 * @param side that trained
 * @param figures of each turn
 */
record TrainingTurns(TrainingSide side, List<TrainingFigures> figures) {
  /** Returns the median of a figure. */
  double median(ToDoubleFunction<TrainingFigures> figure) {
    return Medians.of(
        figures.stream().map(figure::applyAsDouble).toList(), Comparator.naturalOrder());
  }
}
