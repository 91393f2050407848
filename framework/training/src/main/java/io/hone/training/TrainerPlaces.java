package io.hone.training;

import io.hone.api.train.RefusedChoiceException;
import io.hone.scenario.ScenarioPlaces;
import java.util.function.Supplier;

/** Tells what a trainer refuses at the place of it. */
final class TrainerPlaces {
  static final String TRAIN = "train";

  private TrainerPlaces() {}

  /**
   * Asks a trainer something.
   *
   * @throws io.hone.api.BadInputException at the key that the trainer blames, or at the trainer
   */
  static <T> T placing(ScenarioPlaces places, Supplier<T> asked) {
    return places.placing(TRAIN, () -> atKeys(places, asked));
  }

  /** Asks a trainer something whose other errors need no place. */
  static <T> T atKeys(ScenarioPlaces places, Supplier<T> asked) {
    try {
      return asked.get();
    } catch (RefusedChoiceException refused) {
      throw places.error(TRAIN + "." + refused.key(), refused.problem());
    }
  }
}
