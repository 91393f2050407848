package io.hone.engine.step.combine;

import io.hone.api.Param;
import io.hone.api.metric.Distances;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.document.OneOrMore;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The keys of a step that combines the examples of several steps. */
public record CombineSection(
    @Param(StepGrammar.ID) String id,
    @Param("Ids of steps before it, of whose successes the nearest is kept for each sample.")
        OneOrMore<String> combine,
    @Param(
            "Distance from the clean image that decides which success is nearest; default: the"
                + " norm of the attacks, where they have one in common.")
        Optional<Distance> norm) {

  /** A distance from the clean image. */
  public enum Distance {
    L0(Distances::l0),
    L1(Distances::l1),
    L2(Distances::l2),
    LINF(Distances::linf);

    private final ToDoubleFunction<Distances> value;

    Distance(ToDoubleFunction<Distances> value) {
      this.value = value;
    }

    double of(Distances distances) {
      return value.applyAsDouble(distances);
    }
  }
}
