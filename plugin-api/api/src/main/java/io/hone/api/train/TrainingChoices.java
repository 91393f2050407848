package io.hone.api.train;

import io.hone.api.stability.Stability;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a scenario says at {@code train}, beside the trainer and its parameters. A scenario is
 * refused that says what is not among the {@link Trainer#options() options} of the trainer.
 *
 * @param engine the name of what computes the steps; empty for the usual engine
 * @param shards parts that a batch is cut into, each computed by one thread; at least 1, and empty
 *     for the usual number. Weights depend on it, and not on the number of threads
 * @param model whose weights are trained; empty for a new network
 * @param attack on the network in training; empty for the usual attack. A recipe that takes it
 *     names it among its {@link Recipe#batchAttacks()}
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record TrainingChoices(
    Optional<String> engine,
    OptionalInt shards,
    Optional<StartingModel> model,
    Optional<ComponentUse> attack) {
  /** Returns the choices of a scenario that says nothing. */
  public static TrainingChoices usual() {
    return new TrainingChoices(
        Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
  }
}
