package io.hone.engine.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one stage of an attack found that runs other attacks in turn.
 *
 * @param name of the stage, such as {@code apgd-ce}
 * @param use the id of the attack
 * @param with the parameters of the attack, defaults filled in
 * @param attempted samples about which the stage asked the model
 * @param broken samples whose adversarial example the stage found
 * @param robustAccuracy share of all samples that the model classifies correctly and that neither
 *     this stage nor one before it broke; in [0, 1]
 * @param interval 95 % interval of the robust accuracy; null where there are no samples
 * @param queries of one attempted sample, in the mean
 */
public record StageSummary(
    String name,
    String use,
    Map<String, Object> with,
    long attempted,
    long broken,
    double robustAccuracy,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RateInterval interval,
    Queries queries) {
  /** Queries of a sample. */
  public record Queries(double forward, double gradient) {}

  /** Returns the figures that a scenario may expect something of. */
  Map<String, Object> figures() {
    return Map.of(
        "attempted", attempted,
        "broken", broken,
        "robust_accuracy", robustAccuracy,
        "queries", Map.of("forward", queries.forward(), "gradient", queries.gradient()));
  }
}
