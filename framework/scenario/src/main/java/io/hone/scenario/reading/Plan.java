package io.hone.scenario.reading;

import java.util.List;
import java.util.stream.Stream;

/**
 * The results that a scenario will have.
 *
 * @param clean the data set's own images, once for each model
 * @param entries of the steps, each after what it receives
 */
record Plan(List<PlannedResult> clean, List<PlannedEntry> entries) {
  /** Returns all results. */
  List<PlannedResult> results() {
    return Stream.concat(clean.stream(), entries.stream().map(PlannedEntry::result)).toList();
  }
}
