package io.hone.api.metric;

import io.hone.api.Component;
import io.hone.api.run.Setting;
import io.hone.api.stability.Stability;

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

  /** Returns an empty accumulator for one step. */
  Accumulator start(P parameters, Setting setting);
}
