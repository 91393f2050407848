package io.hone.api.train;

import java.nio.file.Path;

/**
 * What a trainer is asked to do.
 *
 * @param name of the model
 * @param seed of everything random
 * @param training examples to learn from
 * @param validation examples that stop the training; none of their images is in {@code training}
 * @param classes number of classes; 0 unless the targets are classes
 * @param checkpoints folder for checkpoints; exists
 * @param resume whether to go on from the newest checkpoint there
 * @param output folder in which to write the model file; exists
 */
public record TrainingTask(
    String name,
    long seed,
    Examples training,
    Examples validation,
    int classes,
    Path checkpoints,
    boolean resume,
    Path output) {}
