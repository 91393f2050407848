package io.hone.dl4j.training;

import io.hone.api.run.Run;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingTask;
import io.hone.dl4j.network.Network;
import io.hone.dl4j.samediff.Nd4jStart;
import io.hone.dl4j.samediff.Objective;

/**
 * What every trainer does once it knows its network.
 *
 * @param network to be trained
 * @param objective to be made small
 * @param plan how
 */
record TrainingSession(Network network, Objective objective, TrainingPlan plan) {
  /**
   * Trains and writes the model with the best weights.
   *
   * @param keepSameDiff whether the SameDiff file is written too
   */
  TrainedModel train(TrainingTask task, Run run, boolean keepSameDiff) {
    Nd4jStart.load();
    Checkpoint checkpoint = new TrainingLoop(network, objective, plan, task, run).train();
    return new ModelWriter(network, task, keepSameDiff).write(checkpoint);
  }
}
