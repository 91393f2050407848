package io.hone.plugins.coverage.surprise;

import java.util.Optional;

/** All traces of ordinary images, prepared for comparisons when the first one is asked for. */
final class OrdinaryTraces {
  private final TraceMatrix traces;
  private final double leastVariance;
  private final TraceDistances distances;
  private Optional<ClassDensities> densities = Optional.empty();

  OrdinaryTraces(TraceMatrix traces, double leastVariance) {
    this.traces = traces;
    this.leastVariance = leastVariance;
    this.distances = new TraceDistances(traces);
  }

  int images() {
    return traces.rows().size();
  }

  /** Returns the densities, estimated once for all threads. */
  synchronized ClassDensities densities() {
    if (densities.isEmpty()) {
      densities = Optional.of(new ClassDensities(traces, leastVariance));
    }
    return densities.get();
  }

  TraceDistances distances() {
    return distances;
  }
}
