package io.hone.api.metric;

import io.hone.api.Component;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.LayerChoice;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;
import java.util.Optional;

/**
 * Measures the steps of a scenario.
 *
 * <p>Its figures appear under its id in the results: {@code mean} of the metric {@code sharpness}
 * is {@code sharpness.mean}, and a figure that has the metric's own name is {@code sharpness}. An
 * id that is the name of one of the framework's figures, such as {@code queries}, is refused.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Metric<P extends Record> extends Component<P> {
  /** Returns whether steps of this kind are measured. */
  default boolean measures(StepKind kind) {
    return true;
  }

  /**
   * Chooses the layers of the model under test whose answers to the images the metric sees, as
   * {@link Outcome#activations}. The framework refuses a model that does not have such layers, or
   * whose values cannot be read.
   *
   * @return empty, as by default, where the metric does not look inside the model
   */
  default Optional<LayerChoice> layers(P parameters) {
    return Optional.empty();
  }

  /**
   * Returns an empty profile, which the framework fills with the images of the scenario's {@code
   * profile} before it measures. It is kept and used again by other runs of the same metric with
   * the same parameters, of the same model and the same images.
   *
   * @param setting with the layers that were chosen
   * @return {@link ActivationProfile#NONE}, as by default, where the metric needs no profile
   * @throws io.hone.api.BadInputException if the profile, or what is measured with it, does not fit
   *     into memory
   */
  default ActivationProfile profile(P parameters, Setting setting) {
    return ActivationProfile.NONE;
  }

  /**
   * Returns an empty accumulator for one step.
   *
   * @param setting with the layers that were chosen
   */
  Accumulator start(P parameters, Setting setting);

  /**
   * Returns an empty accumulator for one step of a metric that has a profile.
   *
   * @param setting with the layers that were chosen
   * @param profile that is complete, and not to be changed
   */
  default Accumulator start(P parameters, Setting setting, ActivationProfile profile) {
    return start(parameters, setting);
  }
}
