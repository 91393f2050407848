package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.stability.Stability;
import io.hone.host.component.BoundComponent;
import java.util.Map;

/** A metric with its parameters, ready to measure examples. Immutable. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class MetricPlan {
  private final BoundComponent<Metric<Record>> metric;

  MetricPlan(BoundComponent<Metric<Record>> metric) {
    this.metric = metric;
  }

  /**
   * Measures examples.
   *
   * @return the metric's figures by their names
   * @throws BadInputException if the metric does not measure what made the examples, or looks
   *     inside the model
   */
  public Map<String, Double> of(Examples examples) {
    if (!metric.instance().measures(examples.kind())) {
      throw new BadInputException(
          "the metric "
              + metric.descriptor().id()
              + " does not measure the examples of "
              + examples.madeBy());
    }
    if (metric.instance().layers(metric.parameters()).isPresent()) {
      throw new BadInputException(
          "the metric "
              + metric.descriptor().id()
              + " looks inside the model, which examples do not hold; run it in a scenario");
    }
    Accumulator figures = metric.instance().start(metric.parameters(), examples.setting());
    examples.outcomes().forEach(figures::add);
    return figures.value();
  }
}
