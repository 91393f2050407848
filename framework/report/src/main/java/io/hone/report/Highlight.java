package io.hone.report;

import io.hone.api.metric.StepKind.Trait;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A figure that stands out at the top of the page.
 *
 * @param label what it is
 * @param figure the number
 * @param entry where it was reached
 */
record Highlight(String label, Figure figure, Entry entry) {
  /** Returns the best figure of each kind of entry, as far as there are any. */
  static List<Highlight> of(List<Entry> entries) {
    return Stream.of(
            best(entries, Entry::isClean, "Accuracy, clean", "accuracy"),
            best(entries, Entry::attacks, "Strongest attack", "success_rate"),
            best(
                entries,
                entry -> entry.has(Trait.IMPROVES),
                "Most L0 removed",
                "reduction_rate.l0"),
            best(entries, entry -> entry.has(Trait.RECOVERS), "Best recovery", "recovery_rate"),
            best(
                entries,
                entry -> entry.has(Trait.TRANSFERS),
                "Best transfer",
                "transfer_rate.successes"))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Highlight> best(
      List<Entry> entries, Predicate<Entry> among, String label, String path) {
    return entries.stream()
        .filter(among)
        .flatMap(
            entry -> entry.figure(path).stream().map(figure -> new Highlight(label, figure, entry)))
        .filter(highlight -> Double.isFinite(highlight.figure().value()))
        .max(Comparator.comparingDouble(highlight -> highlight.figure().value()));
  }

  /** Returns over how many samples it was reached, or nothing where that is not known. */
  String note() {
    return entry
        .over(figure.path())
        .map(number -> "over " + Words.count(number, "sample", "samples"))
        .orElse("");
  }
}
