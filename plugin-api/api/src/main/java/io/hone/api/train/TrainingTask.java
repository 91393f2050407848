package io.hone.api.train;

import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a trainer is asked to do.
 *
 * @param name of the model
 * @param seed of everything random
 * @param training examples to learn from
 * @param validation examples that stop the training; none of their images is in {@code training}
 * @param classes number of classes that the network tells apart; 0 if the recipe is not one that
 *     {@link Recipe#classifies() classifies}
 * @param attacked the scenario's classifier; there for recipes that need {@link
 *     Ingredient#GRADIENTS} only
 * @param choices what the scenario says beside the trainer's parameters
 * @param threads that may work side by side, at least 1; weights do not depend on it
 * @param checkpoints folder for checkpoints; exists
 * @param resume whether to go on from the newest checkpoint there
 * @param output folder in which to write the model file; exists
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record TrainingTask(
    String name,
    long seed,
    Examples training,
    Examples validation,
    int classes,
    Optional<AttackedClassifier> attacked,
    TrainingChoices choices,
    int threads,
    Path checkpoints,
    boolean resume,
    Path output) {}
