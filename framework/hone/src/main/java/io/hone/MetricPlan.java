package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.host.component.BoundComponent;
import java.util.Map;

/** A metric with its parameters, ready to measure examples. Immutable. */
public final class MetricPlan {
  private final BoundComponent<Metric<Record>> metric;

  MetricPlan(BoundComponent<Metric<Record>> metric) {
    this.metric = metric;
  }

  /**
   * Measures examples.
   *
   * @return the metric's figures by their names
   * @throws BadInputException if the metric does not measure what made the examples
   */
  public Map<String, Double> of(Examples examples) {
    if (!metric.instance().measures(examples.kind())) {
      throw new BadInputException(
          "the metric "
              + metric.descriptor().id()
              + " does not measure the examples of "
              + examples.madeBy());
    }
    Accumulator figures = metric.instance().start(metric.parameters(), examples.setting());
    examples.outcomes().forEach(figures::add);
    return figures.value();
  }
}
