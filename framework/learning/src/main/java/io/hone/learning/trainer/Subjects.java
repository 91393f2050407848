package io.hone.learning.trainer;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.engine.Subject;
import io.hone.network.ClassifierUse;

/** Decides whether a new network learns, or the model that a scenario names. */
final class Subjects {
  private Subjects() {}

  /**
   * Returns what learns.
   *
   * @param architecture of the new network, where the scenario names no model
   * @throws io.hone.api.BadInputException if the architecture cannot take such images
   */
  static Subject of(
      TrainingChoices choices,
      ClassifierUse architecture,
      Statistics statistics,
      ImageShape shape,
      int classes,
      long seed) {
    return choices
        .model()
        .<Subject>map(model -> new Subject.File(model, shape, statistics == Statistics.BATCH, seed))
        .orElseGet(() -> Networks.of(architecture, shape, classes, seed));
  }
}
