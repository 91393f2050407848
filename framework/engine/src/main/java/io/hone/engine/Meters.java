package io.hone.engine;

import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the engine counts while it runs: time and queries per step, images. */
final class Meters {
  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts a finished unit. */
  void count(UnitFunction.UnitResult unit) {
    images().increment(unit.input().size());
    for (StepResult step : unit.results()) {
      if (step.isClean()) {
        continue;
      }
      Timer.builder("hone.step")
          .description("Time in a step's own component, of one unit of images.")
          .tag("step", step.name())
          .register(registry)
          .record((long) (step.seconds() * 1e9), TimeUnit.NANOSECONDS);
      queries(step, "forward", SampleResult::forwardQueries);
      queries(step, "gradient", SampleResult::gradientQueries);
    }
  }

  private Counter images() {
    return Counter.builder("hone.images")
        .description("Images that went through all steps.")
        .register(registry);
  }

  private void queries(StepResult step, String access, ToLongFunction<SampleResult> count) {
    Counter.builder("hone.queries")
        .description("Images that a step asked the model about, for an answer or for a gradient.")
        .tag("step", step.name())
        .tag("access", access)
        .register(registry)
        .increment(step.samples().stream().mapToLong(count).sum());
  }

  /** Notes how many images went through all steps in a second. */
  void rate(double elapsedSeconds) {
    double images = images().count();
    double rate = elapsedSeconds > 0 ? images / elapsedSeconds : 0;
    Gauge.builder("hone.images.per.second", () -> rate)
        .description("Images that went through all steps in a second of this run.")
        .strongReference(true)
        .register(registry);
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
