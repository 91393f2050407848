package io.hone.api.train;

import io.hone.api.Component;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;
import java.util.Set;

/** Trains a model and exports it as ONNX. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface Trainer<P extends Record> extends Component<P> {
  /**
   * Returns how the pairs are made that the network learns from. Asked once for a training; what
   * the recipe returns decides which components have to be installed.
   */
  Recipe recipe(P parameters, TrainingChoices choices);

  /** Returns which keys a scenario may write beside the trainer and its parameters. */
  default Set<TrainingOption> options() {
    return Set.of();
  }

  /**
   * Called before any example is made; throws {@code BadInputException} for what cannot work, and
   * {@link RefusedChoiceException} where one key of {@code train} is to blame.
   *
   * @param shape of the images
   * @param classes that the network is to tell apart: those of the model that the training starts
   *     from, or as far as the labels show it; 0 if the recipe is not one that {@link
   *     Recipe#classifies() classifies}
   */
  default void prepare(P parameters, TrainingChoices choices, ImageShape shape, int classes) {}

  /**
   * Trains a model.
   *
   * <p>The same task gives the same weights, also where it was interrupted and resumed.
   *
   * @param transform changes batches anew in every epoch, for trainers that want it
   */
  TrainedModel train(P parameters, TrainingTask task, BatchTransform transform, Run run);
}
