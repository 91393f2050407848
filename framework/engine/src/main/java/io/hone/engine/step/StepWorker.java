package io.hone.engine.step;

import io.hone.engine.progress.UnitWatch;
import java.util.Map;

/** Runs one step on one unit of work. Safe to call from several threads. */
public interface StepWorker {
  /**
   * Runs the step.
   *
   * @param done the results of the steps before it on the same unit, by name
   * @param watch told of the images that the step shows to the model
   */
  StepResult run(UnitInput input, Map<String, StepResult> done, UnitWatch watch);
}
