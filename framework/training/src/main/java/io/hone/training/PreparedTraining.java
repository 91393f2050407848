package io.hone.training;

import io.hone.api.DatasetRequest;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.TrainingChoices;
import io.hone.engine.ChainRunner;
import java.util.Optional;

/**
 * What a training works with, open and found to fit together; closing it closes its data.
 *
 * @param recipe makes the pairs
 * @param choices what the scenario says beside the trainer's parameters
 * @param attacked whose gradients the network learns from; it stays open
 * @param attacks changes batches while the network learns
 * @param chain makes the examples; empty where the data set alone does
 * @param wanted what the images of the data set must be like where it is read without a chain
 * @param alike asks for images and labels like those that are learnt from, as validation and test
 *     sets must have them
 */
record PreparedTraining(
    TrainingRecipe recipe,
    TrainingChoices choices,
    Optional<AttackedClassifier> attacked,
    BatchAttacks attacks,
    Optional<ChainRunner> chain,
    DatasetRequest wanted,
    DatasetRequest alike)
    implements AutoCloseable {
  @Override
  public void close() {
    chain.ifPresent(ChainRunner::close);
  }
}
