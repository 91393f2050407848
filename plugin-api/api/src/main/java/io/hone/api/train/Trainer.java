package io.hone.api.train;

import io.hone.api.Component;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;

/** Trains a model and exports it as ONNX. */
public interface Trainer<P extends Record> extends Component<P> {
  /** Returns what the network learns to return; the framework makes the pairs accordingly. */
  TrainingTarget target(P parameters);

  /**
   * Called before any example is made; throws {@code BadInputException} for what cannot work.
   *
   * @param shape of the images
   * @param classes that the network is to tell apart, as far as the labels show it; 0 if it returns
   *     images
   */
  default void prepare(P parameters, ImageShape shape, int classes) {}

  /**
   * Trains a model.
   *
   * <p>The same task gives the same weights, also where it was interrupted and resumed.
   */
  TrainedModel train(P parameters, TrainingTask task, Run run);
}
