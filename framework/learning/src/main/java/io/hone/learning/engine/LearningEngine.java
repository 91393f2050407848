package io.hone.learning.engine;

import io.hone.api.run.Run;

/**
 * Computes the steps of trainings. Engines are found through {@link java.util.ServiceLoader}.
 *
 * <p>A training that is asked for again with the same seed, shards and examples ends with the same
 * weights, whatever the number of threads.
 */
public interface LearningEngine {
  /** Returns the word that a scenario calls the engine by, such as {@code onnxruntime}. */
  String id();

  /** Returns whether the learning rate follows its schedule from step to step, or by epochs. */
  boolean followsScheduleByStep();

  /** Returns whether networks can be attacked while they learn: {@link Learner#classifier}. */
  boolean attacksNetworks();

  /**
   * Refuses what the engine cannot do, before an example is made.
   *
   * @throws io.hone.api.BadInputException naming what the engine cannot do, and the next step
   */
  void check(LearningRequest request);

  /**
   * Opens a network that learns.
   *
   * @throws io.hone.api.BadInputException as {@link #check} does
   */
  Learner open(LearningRequest request, Run run);
}
