package io.hone.learning.trainer;

import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.engine.Subject;
import io.hone.network.ClassifierUse;

/** The parameters that all trainers of classifiers share. */
public record ClassifierParameters(
    @Param(value = "Layers of a new network.", def = "lenet5") ClassifierUse architecture,
    @Param(
            value =
                "Weight decay of kernels and matrices: taken off the weights with adamw, added to"
                    + " the gradients with the others.",
            def = "0",
            min = 0,
            max = 1)
        double decay,
    @Param(
            value =
                "Share of the wanted probability that is spread over all classes in a"
                    + " cross-entropy.",
            def = "0",
            min = 0,
            max = 0.9)
        double smoothing,
    @Param(
            value =
                "With a model to start from, whether its batch normalisations take the statistics"
                    + " of the batch while they train, or keep those of the file.",
            def = "batch")
        Statistics statistics,
    @Param(inline = true) AugmentationParameters augmentation) {
  /** Returns the parameters of an architecture that have their defaults. */
  public static ClassifierParameters of(ClassifierUse architecture) {
    return new ClassifierParameters(
        architecture, 0, 0, Statistics.BATCH, AugmentationParameters.NONE);
  }

  /**
   * Returns what learns: a new network, or the model that a scenario names.
   *
   * @throws io.hone.api.BadInputException if the architecture cannot take such images
   */
  Subject subject(TrainingChoices choices, ImageShape shape, int classes, long seed) {
    return choices
        .model()
        .<Subject>map(model -> new Subject.File(model, shape, statistics == Statistics.BATCH, seed))
        .orElseGet(() -> Networks.of(architecture, shape, classes, seed));
  }
}
