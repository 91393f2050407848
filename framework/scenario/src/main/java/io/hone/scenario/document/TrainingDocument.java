package io.hone.scenario.document;

import io.hone.api.Param;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Goal;
import io.hone.scenario.TrainerChoice;
import io.hone.scenario.Validation;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a training scenario, as written: the source of the binding and of the JSON Schema.
 */
public record TrainingDocument(
    @Param("Version of this format: 1.") FormatVersion hone,
    @Param("Name of the model.") RunName name,
    @Param(value = "Seed of everything random.", def = "0") long seed,
    @Param("What trains the model.") TrainerChoice train,
    @Param("A data set, or a chain that makes the training pairs.") Data data,
    @Param(
            value =
                "A share of the training images such as {fraction: 0.1}, a data set, or none: the"
                    + " training is then stopped by the loss of its own examples.",
            def = "{fraction: 0.1}")
        Validation validation,
    @Param("A data set on which the trained model's figures are measured.")
        Optional<DatasetChoice> test,
    @Param(value = "How the chain is run; results do not depend on it.", def = "{}") RunSection run,
    @Param(
            value =
                "Axes: a path such as seed or train.with.rate, and the values it takes. Each point"
                    + " is a training of its own, whose model is in a folder below out.",
            def = "{}")
        MatrixSection matrix,
    @Param("The folder of the model that is made.") String out) {

  /** What a model is trained on, as written. */
  public record Data(
      @Param("Where the images come from.") DatasetChoice dataset,
      @Param("The model that the steps work against.") Optional<ModelSection> model,
      @Param(value = "What the attacks want.", def = GoalSyntax.UNTARGETED) Goal goal,
      @Param("Attacks and improvers that make the training pairs.") List<StepSection> steps) {}
}
