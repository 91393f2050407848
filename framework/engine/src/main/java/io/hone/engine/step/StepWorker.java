package io.hone.engine.step;

import io.hone.api.data.Dataset;
import io.hone.api.run.Part;
import io.hone.engine.progress.UnitWatch;
import java.util.List;
import java.util.Optional;

/** Runs one step on one unit of work. Safe to call from several threads. */
public interface StepWorker {
  /**
   * Runs the step.
   *
   * @param received the results on the same unit that the step receives, in the order in which the
   *     scenario names them; at least one
   * @param watch told of the images that the step shows to the model
   */
  StepResult run(UnitInput input, List<StepResult> received, UnitWatch watch);

  /**
   * Looks at what the step reads for the samples of the run, so that what is wrong for one of the
   * last of them is told before the first batch and not after hours. Most steps read nothing.
   *
   * @throws io.hone.api.BadInputException naming the sample and what is wrong with it
   */
  default void check(Dataset dataset) {}

  /** Returns check sums of files that the step reads beside models: others make another run. */
  default List<String> contents() {
    return List.of();
  }

  /** Returns the parts that the work of the step's component has, in order; none for most. */
  default List<Part> parts() {
    return List.of();
  }

  /** Returns the model that gives the step's images their classes, where it is another one. */
  default Optional<OtherModel> other() {
    return Optional.empty();
  }
}
