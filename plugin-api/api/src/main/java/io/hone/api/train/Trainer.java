package io.hone.api.train;

import io.hone.api.component.Component;
import io.hone.api.run.Run;

/** Trains a model and exports it as ONNX. */
public interface Trainer<P extends Record> extends Component<P> {
  /** Returns what the network learns to return; the framework makes the pairs accordingly. */
  TrainingTarget target(P parameters);

  /**
   * Trains a model.
   *
   * <p>The same task gives the same weights, also where it was interrupted and resumed.
   */
  TrainedModel train(P parameters, TrainingTask task, Run run);
}
