package io.hone.dl4j.training;

import io.hone.api.Param;

/** The parameters that all trainers of networks share. */
public record TrainingParameters(
    @Param(value = "Passes over the training examples, at most.", def = "40", min = 1) int epochs,
    @Param(value = "Examples per step.", def = "64", min = 1) int batch,
    @Param(value = "Adam's step size at the start.", def = "0.001", min = 1e-8, max = 1)
        double rate,
    @Param(value = "How the step size changes over the epochs.", def = "cosine") Schedule schedule,
    @Param(
            value = "Epochs without a smaller validation loss after which training stops.",
            def = "5",
            min = 1)
        int patience,
    @Param(
            value = "Whether the network is also kept as SameDiff file, for the backend dl4j.",
            def = "false")
        boolean keepSamediff) {

  /** Returns the plan of a training without weight decay, which takes examples as they are. */
  TrainingPlan plan() {
    return plan(0, Augmentation.NONE);
  }

  TrainingPlan plan(double decay, Augmentation augmentation) {
    return new TrainingPlan(epochs, batch, rate, schedule, decay, patience, augmentation);
  }
}
