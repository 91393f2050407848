package io.hone.api.metric;

import io.hone.api.component.Component;
import io.hone.api.run.Setting;

/** Measures the steps of a scenario. */
public interface Metric<P extends Record> extends Component<P> {
  /** Returns whether steps of this kind are measured. */
  default boolean measures(StepKind kind) {
    return true;
  }

  /** Returns an empty accumulator for one step. */
  Accumulator start(P parameters, Setting setting);
}
