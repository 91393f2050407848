package io.hone.scenario.reading;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results that a scenario will have.
 *
 * @param clean the data set's own images, once for each model
 * @param entries of the steps, each after what it receives
 */
record Plan(List<PlannedResult> clean, List<PlannedEntry> entries) {
  /** Returns the entry whose figures a name tells: its own, or a case over all of its targets. */
  Optional<PlannedEntry> entry(String name) {
    return entries.stream()
        .filter(
            entry ->
                entry.name().equals(name)
                    || entry.sweep().map(sweep -> sweep.cases().contains(name)).orElse(false))
        .findFirst();
  }

  /** Returns the names of the cases over all targets. */
  List<String> cases() {
    return entries.stream()
        .flatMap(entry -> entry.sweep().stream())
        .distinct()
        .flatMap(sweep -> sweep.cases().stream())
        .toList();
  }

  /** Returns all results. */
  List<PlannedResult> results() {
    return Stream.concat(clean.stream(), entries.stream().map(PlannedEntry::result)).toList();
  }
}
