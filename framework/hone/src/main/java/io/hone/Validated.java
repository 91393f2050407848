package io.hone;

import io.hone.api.stability.Stability;
import io.hone.scenario.TrainingScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a file would make that was found to be valid.
 *
 * @param entries result entries of a scenario, or trainings of a matrix; 0 for a single training
 * @param training what a training makes, the first one of a matrix; empty for a scenario
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record Validated(int entries, Optional<Training> training) {
  /**
   * What a training makes.
   *
   * @param trainer its id
   * @param model folder of the model
   */
  public record Training(String trainer, Path model) {}

  static Validated scenario(int entries) {
    return new Validated(entries, Optional.empty());
  }

  static Validated trainings(List<TrainingScenario> trainings) {
    TrainingScenario first = trainings.get(0);
    return new Validated(
        trainings.size() > 1 ? trainings.size() : 0,
        Optional.of(new Training(first.trainer().descriptor().id(), first.out())));
  }
}
