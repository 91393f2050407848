package io.hone.onnxruntime.training;

import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.TrainingParameters;

/** What the contract tests of trainers have in common. */
final class TrainerSamples {
  private TrainerSamples() {}

  /** Returns three epochs of small batches. */
  static TrainingParameters training() {
    return new TrainingParameters(
        3, 8, 0.001, Schedule.COSINE, TrainingParameters.Rule.ADAMW, 0.9, 1, 3, false);
  }

  /** Returns the choice of the engine, and of shards. */
  static TrainingChoices inShards(int shards) {
    return TrainingChoices.usual().withEngine(OnnxRuntimeEngine.ID).withShards(shards);
  }
}
