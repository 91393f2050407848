package io.hone.dl4j.training;

import io.hone.api.run.Run;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTask;
import io.hone.dl4j.samediff.Nd4jStart;
import io.hone.learning.network.Network;
import java.util.Map;

/**
 * What every trainer does once it knows its network.
 *
 * @param network to be trained
 * @param lesson to be learned
 * @param plan how
 */
record TrainingSession(Network network, Lesson lesson, TrainingPlan plan) {
  /**
   * Trains and writes the model with the best weights.
   *
   * @param keepSameDiff whether the SameDiff file is written too
   */
  TrainedModel train(TrainingTask task, Run run, boolean keepSameDiff) {
    return train(task, run, keepSameDiff, Map.of());
  }

  /**
   * Trains and writes the model with the best weights.
   *
   * @param keepSameDiff whether the SameDiff file is written too
   * @param notes for the training section of the model's card
   */
  TrainedModel train(TrainingTask task, Run run, boolean keepSameDiff, Map<String, Object> notes) {
    Nd4jStart.load();
    Checkpoint checkpoint = new TrainingLoop(network, lesson, plan, task, run).train();
    return new ModelWriter(network, task, keepSameDiff, notes).write(checkpoint, lesson.score());
  }
}
