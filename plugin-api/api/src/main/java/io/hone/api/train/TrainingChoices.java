package io.hone.api.train;

import io.hone.api.stability.Stability;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a scenario says at {@code train}, beside the trainer and its parameters. A scenario is
 * refused that says what is not among the {@link Trainer#options() options} of the trainer.
 *
 * @param engine the name of what computes the steps; empty for the usual engine
 * @param device where the engine computes them, in its own words, such as {@code cpu}; empty for
 *     the usual device
 * @param shards parts that a batch is cut into, each computed by one thread; at least 1, and empty
 *     for the usual number. Weights depend on it, and not on the number of threads
 * @param model whose weights are trained; empty for a new network
 * @param attack on the network in training; empty for the usual attack. A recipe that takes it
 *     names it among its {@link Recipe#batchAttacks()}
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record TrainingChoices(
    Optional<String> engine,
    Optional<String> device,
    OptionalInt shards,
    Optional<StartingModel> model,
    Optional<ComponentUse> attack) {
  /** Returns the choices of a scenario that says nothing. */
  public static TrainingChoices usual() {
    return new TrainingChoices(
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the same choices on an engine. */
  public TrainingChoices withEngine(String word) {
    return new TrainingChoices(Optional.of(word), device, shards, model, attack);
  }

  /** Returns the same choices on a device. */
  public TrainingChoices withDevice(String word) {
    return new TrainingChoices(engine, Optional.of(word), shards, model, attack);
  }

  /**
   * Returns the same choices with batches in parts.
   *
   * @param parts at least 1
   */
  public TrainingChoices withShards(int parts) {
    return new TrainingChoices(engine, device, OptionalInt.of(parts), model, attack);
  }

  /** Returns the same choices with an attack on the network in training. */
  public TrainingChoices withAttack(ComponentUse use) {
    return new TrainingChoices(engine, device, shards, model, Optional.of(use));
  }
}
