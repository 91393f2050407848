package io.hone.core.training;

import io.hone.api.train.AttackedClassifier;
import io.hone.core.engine.ChainRunner;
import java.util.List;
import java.util.Optional;

/**
 * What a training works with, open and found to fit together; closing it closes its data.
 *
 * @param attacked what a generator is trained against; it stays open
 * @param chain makes the examples; empty where the data set alone does
 * @param classNames of the training images, in the order of their labels; empty if they have none
 */
record PreparedTraining(
    Optional<AttackedClassifier> attacked, Optional<ChainRunner> chain, List<String> classNames)
    implements AutoCloseable {
  @Override
  public void close() {
    chain.ifPresent(ChainRunner::close);
  }
}
