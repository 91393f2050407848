package io.hone.dl4j.training;

import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.AugmentationParameters;
import io.hone.learning.trainer.ClassifierParameters;
import io.hone.learning.trainer.ClassifierTrainer;
import io.hone.learning.trainer.SizeParameters;
import io.hone.learning.trainer.Statistics;
import io.hone.learning.trainer.TrainingParameters;
import io.hone.network.ClassifierUse;

/** What scenarios say that are trained in SameDiff. */
final class SameDiffTraining {
  private SameDiffTraining() {}

  /** Returns what a scenario says with {@code engine: dl4j}. */
  static TrainingChoices choices() {
    return TrainingChoices.usual().withEngine(SameDiffEngine.ID);
  }

  /** Returns parameters for the only optimiser that the engine has. */
  static TrainingParameters parameters(
      int epochs, int batch, double rate, Schedule schedule, int patience, boolean keep) {
    return new TrainingParameters(
        epochs, batch, rate, schedule, TrainingParameters.Rule.ADAMW, 0.9, 0, patience, keep);
  }

  /** Returns parameters of a classifier that neither turns, scales nor smooths. */
  static ClassifierTrainer.Params classifier(
      ClassifierUse architecture,
      double decay,
      int shift,
      boolean flip,
      TrainingParameters training) {
    return new ClassifierTrainer.Params(
        new ClassifierParameters(
            architecture,
            decay,
            0,
            Statistics.BATCH,
            new AugmentationParameters(shift, flip, 0, 0)),
        0,
        SizeParameters.NONE,
        training);
  }
}
