package io.hone.core.engine;

import java.util.Map;

/** Runs one step on one unit of work. Safe to call from several threads. */
interface StepWorker {
  /**
   * Runs the step.
   *
   * @param done the results of the steps before it on the same unit, by name
   * @param watch told of the images that the step shows to the model
   */
  StepResult run(UnitInput input, Map<String, StepResult> done, UnitWatch watch);
}
