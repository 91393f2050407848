package io.hone.api;

import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;

/**
 * Stands before a classifier to undo an attack.
 *
 * <p>The contract test tries a defense on images of 2x6x5 before a small classifier of the same
 * shape, and before classifiers of constant, infinite and NaN logits (rules D1 to D10 of {@code
 * docs/plugins.md}). A defense that needs another shape, or hands another shape to the classifier,
 * overrides {@code shape} and {@code classifiedShape} of its test.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Defense<P extends Record> extends Component<P> {
  /** Called once before the first batch; throws {@code BadInputException} for what cannot work. */
  default void prepare(P parameters, Setting setting, Run run) {}

  /**
   * Returns the classifier with this defense before it.
   *
   * <p>A defense that turns images into images returns a {@link RecoveringClassifier}. What is
   * random is keyed by each image's sample. The result accepts the shapes that the defense can
   * bring to what the base takes, and has the base's classes. Hone does not close it, since many
   * defenses share one base: what must be closed is made by {@link Run#once}.
   *
   * @param base the classifier, or what another defense made of it: then a {@link
   *     RecoveringClassifier}, through which {@code recover} goes on
   */
  Classifier protect(P parameters, Classifier base, Run run);
}
