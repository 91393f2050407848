package io.hone;

import io.hone.scenario.Goal;
import java.util.OptionalLong;

/**
 * How a step works on images that a program holds.
 *
 * @param goal what an attack wants
 * @param queries budget per sample; empty for none
 * @param seed of all random streams
 * @param grid8bit whether the model sees, and the step emits, images rounded to 8 bits
 * @param allSamples whether images that the model gets wrong are attacked too
 */
record StepSettings(
    Goal goal, OptionalLong queries, long seed, boolean grid8bit, boolean allSamples) {
  static final StepSettings USUAL =
      new StepSettings(new Goal.Untargeted(), OptionalLong.empty(), 0, false, false);

  StepSettings goal(Goal wanted) {
    return new StepSettings(wanted, queries, seed, grid8bit, allSamples);
  }

  StepSettings queries(long budget) {
    return new StepSettings(goal, OptionalLong.of(budget), seed, grid8bit, allSamples);
  }

  StepSettings seed(long other) {
    return new StepSettings(goal, queries, other, grid8bit, allSamples);
  }

  StepSettings onGrid() {
    return new StepSettings(goal, queries, seed, true, allSamples);
  }

  StepSettings onAll() {
    return new StepSettings(goal, queries, seed, grid8bit, true);
  }
}
