package io.hone.engine.step;

import java.util.Map;
import java.util.Optional;

/** What is kept of the steps that are finished on a unit while the unit itself is not. */
public interface FinishedSteps {
  /** Keeps nothing. */
  FinishedSteps NONE =
      new FinishedSteps() {
        @Override
        public Optional<StepResult> find(int step, Map<String, StepResult> done) {
          return Optional.empty();
        }

        @Override
        public void add(int step, StepResult result) {}
      };

  /**
   * Returns what an earlier process made of the unit's samples.
   *
   * @param step number of the step, 0 for the first after the clean one
   * @param done the results of the steps before, by name
   */
  Optional<StepResult> find(int step, Map<String, StepResult> done);

  /** Takes in what a step has just made. */
  void add(int step, StepResult result);
}
