package io.hone;

import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file would make that was found to be valid.
 *
 * @param entries result entries of a scenario; 0 for a training
 * @param training what a training makes; empty for a scenario
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

  static Validated training(String trainer, Path model) {
    return new Validated(0, Optional.of(new Training(trainer, model)));
  }
}
