package io.hone.engine;

import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What one run counts: time and queries per step, images, and what components count. The run's
 * results tell of this run alone; the registry of whoever runs it may have seen other runs.
 */
final class Meters implements AutoCloseable {
  private static final String IMAGES = "hone.images";
  private static final String RATE = "hone.images.per.second";

  private final SimpleMeterRegistry own = new SimpleMeterRegistry();
  private final MeterRegistry given;
  private final CompositeMeterRegistry registry = new CompositeMeterRegistry();

  /**
   * Creates the meters of a run.
   *
   * @param given a registry that all counts are added to as well
   */
  Meters(MeterRegistry given) {
    this.given = given;
    registry.add(own);
    registry.add(given);
  }

  /** Returns where the run counts. */
  MeterRegistry registry() {
    return registry;
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
    return Counter.builder(IMAGES)
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
    Counter images = own.find(IMAGES).counter();
    double rate = images != null && elapsedSeconds > 0 ? images.count() / elapsedSeconds : 0;
    tellRate(rate, own);
    tellRate(rate, given);
  }

  /** A gauge that is there reads what an earlier run left: it is replaced. */
  private static void tellRate(double rate, MeterRegistry registry) {
    synchronized (registry) {
      Gauge earlier = registry.find(RATE).gauge();
      if (earlier != null) {
        registry.remove(earlier);
      }
      Gauge.builder(RATE, () -> rate)
          .description("Images that went through all steps in a second of this run.")
          .strongReference(true)
          .register(registry);
    }
  }

  /** Returns every meter's measurements, for the summary. */
  Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    for (Meter meter : own.getMeters()) {
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

  /** Lets go of the registry that was given; what was counted stays there. */
  @Override
  public void close() {
    registry.remove(given);
  }
}
