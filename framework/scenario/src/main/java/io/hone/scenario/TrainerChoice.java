package io.hone.scenario;

import io.hone.api.Attack;
import io.hone.api.model.ModelReference;
import io.hone.api.train.StartingModel;
import io.hone.api.train.Trainer;
import io.hone.host.component.BoundComponent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A trainer, and what a scenario says beside its parameters.
 *
 * @param trainer that trains the model
 * @param engine the name of what computes the steps; empty for the trainer's usual engine
 * @param device where the steps are computed; empty for the engine's usual device
 * @param shards parts that a batch is cut into; at least 1, and empty for the usual number
 * @param model that the training starts from; empty for a new network
 * @param attack on the network in training; empty for the usual attack
 */
public record TrainerChoice(
    BoundComponent<Trainer<Record>> trainer,
    Optional<String> engine,
    Optional<String> device,
    OptionalInt shards,
    Optional<Start> model,
    Optional<BoundComponent<Attack<Record>>> attack) {

  /**
   * A model that a training starts from.
   *
   * @param card of the model
   * @param weights what becomes of the weights in its file
   * @param only which weights are trained, as {@link StartingModel} says; empty for all
   */
  public record Start(ModelReference card, StartingModel.Weights weights, List<String> only) {
    /** Copies the list. */
    public Start {
      only = List.copyOf(only);
    }
  }
}
