package io.hone.api.defense;

import io.hone.api.component.Component;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;

/** Stands before a classifier to undo an attack. */
public interface Defense<P extends Record> extends Component<P> {
  /** Called once before the first batch; throws {@code BadInputException} for what cannot work. */
  default void prepare(P parameters, Setting setting, Run run) {}

  /**
   * Returns the classifier with this defense before it.
   *
   * <p>A defense that turns images into images returns a {@link RecoveringClassifier}. What is
   * random is keyed by each image's sample.
   */
  Classifier protect(P parameters, Classifier base, Run run);
}
