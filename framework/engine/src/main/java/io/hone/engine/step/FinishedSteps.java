package io.hone.engine.step;

import java.util.List;
import java.util.Optional;

/** What is kept of the steps that are finished on a unit while the unit itself is not. */
public interface FinishedSteps {
  /** Keeps nothing. */
  FinishedSteps NONE =
      new FinishedSteps() {
        @Override
        public Optional<StepResult> find(int step, List<StepResult> received) {
          return Optional.empty();
        }

        @Override
        public void add(int step, StepResult result) {}
      };

  /**
   * Returns what an earlier process made of the unit's samples.
   *
   * @param step number of the step, 0 for the first after the clean one
   * @param received the results that the step receives
   */
  Optional<StepResult> find(int step, List<StepResult> received);

  /** Takes in what a step has just made. */
  void add(int step, StepResult result);
}
