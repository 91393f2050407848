package io.hone.api.train;

import io.hone.api.stability.Stability;

/** A key that a scenario may write at {@code train}, beside the trainer and its parameters. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public enum TrainingOption {
  /**
   * What computes the steps and where, {@link TrainingChoices#engine()} and {@link
   * TrainingChoices#device()}.
   */
  ENGINE,
  /** Parts that a batch is cut into, {@link TrainingChoices#shards()}. */
  SHARDS,
  /** A model whose weights are trained further or anew, {@link TrainingChoices#model()}. */
  MODEL,
  /** An attack on the network in training, {@link TrainingChoices#attack()}. */
  ATTACK
}
