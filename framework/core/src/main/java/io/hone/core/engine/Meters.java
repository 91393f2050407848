package io.hone.core.engine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the engine counts while it runs: time and queries per step, images. */
final class Meters {
  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts a finished unit. */
  void count(UnitFunction.UnitResult unit) {
    registry.counter("hone.images").increment(unit.input().size());
    for (StepResult step : unit.steps()) {
      if (step.received() == null) {
        continue;
      }
      registry
          .timer("hone.step", "step", step.name())
          .record((long) (step.seconds * 1e9), TimeUnit.NANOSECONDS);
      queries(step.name(), "forward", step.forwardQueries);
      queries(step.name(), "gradient", step.gradientQueries);
    }
  }

  private void queries(String step, String access, long[] counts) {
    registry
        .counter("hone.queries", "step", step, "access", access)
        .increment(Arrays.stream(counts).sum());
  }

  /** Notes how many images went through all steps in a second. */
  void rate(double elapsedSeconds) {
    double images = registry.counter("hone.images").count();
    double rate = elapsedSeconds > 0 ? images / elapsedSeconds : 0;
    Gauge.builder("hone.images.per.second", () -> rate).strongReference(true).register(registry);
  }

  /** Returns every meter's measurements, for the summary. */
  Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      for (Measurement measurement : meter.measure()) {
        if (Double.isFinite(measurement.getValue())) {
          values.put(name(meter, measurement), measurement.getValue());
        }
      }
    }
    return values;
  }

  private static String name(Meter meter, Measurement measurement) {
    String tags =
        meter.getId().getTags().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(","));
    String name = meter.getId().getName() + (tags.isEmpty() ? "" : "{" + tags + "}");
    return name + "." + measurement.getStatistic().getTagValueRepresentation();
  }
}
