package io.hone;

import io.hone.api.stability.Stability;
import io.hone.engine.context.Cancellation;
import io.hone.scenario.ScenarioOptions;

/**
 * How a model is trained, apart from what the file says.
 *
 * @param resume whether to go on from the checkpoints of an interrupted training
 * @param changes what is changed of the file
 * @param cancellation stops the training
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record TrainingSettings(boolean resume, ScenarioOptions changes, Cancellation cancellation) {
  /** Returns the usual settings: a new training of what the file says. */
  public static TrainingSettings usual() {
    return new TrainingSettings(false, ScenarioOptions.none(), new Cancellation());
  }

  /** Returns these settings, going on from checkpoints. */
  public TrainingSettings resumed() {
    return new TrainingSettings(true, changes, cancellation);
  }

  /** Returns these settings with changes to the file, each {@code path=value}. */
  public TrainingSettings changing(String... overrides) {
    return new TrainingSettings(resume, ScenarioOptions.of(overrides), cancellation);
  }

  /** Returns these settings for a training that can be cancelled. */
  public TrainingSettings cancelledBy(Cancellation stop) {
    return new TrainingSettings(resume, changes, stop);
  }
}
