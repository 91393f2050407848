package io.hone.report;

import io.hone.engine.results.StepSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything about one entry.
 *
 * @param entry the entry
 * @param does what it does, in a few words
 * @param settings parameters and point of the matrix
 * @param skipped samples that did not take part, by reason
 * @param reasons samples that took part and carry a reason, by reason
 * @param tables all its figures
 * @param classes its rates class by class; empty where there are less than two classes
 * @param pictures what it made of the gallery's samples
 */
record EntrySection(
    Entry entry,
    String does,
    List<String> settings,
    List<String> skipped,
    List<String> reasons,
    List<FigureTable> tables,
    Optional<ClassTable> classes,
    PictureTable pictures) {

  /**
   * Returns the section of an entry.
   *
   * @param scenario the effective scenario, which tells the parameters
   */
  static EntrySection of(Entry entry, PlainTree scenario, Drawing drawing) {
    StepSummary step = entry.summary();
    List<String> settings = new ArrayList<>();
    step.variant().forEach((axis, value) -> settings.add(axis + " " + value));
    parameters(step, scenario).stream()
        .filter(parameter -> !step.variant().containsKey(parameter.split(" ", 2)[0]))
        .forEach(settings::add);
    return new EntrySection(
        entry,
        entry.sentence(),
        settings,
        counts(step.skipped()),
        counts(step.reasons()),
        FigureTable.of(entry),
        ClassTable.of(entry),
        PictureTable.of(entry, drawing));
  }

  /** Returns how many samples came in and took part. */
  String samples() {
    long samples = entry.summary().samples();
    long attempted = entry.summary().attempted();
    String all = Words.count(samples, "sample", "samples");
    return attempted == samples ? all : all + ", " + Words.count(attempted) + " took part";
  }

  /** Returns how many samples did not take part, by reason. */
  String skippedText() {
    return String.join(", ", skipped);
  }

  /** Returns how many samples took part and carry a reason, by reason. */
  String reasonsText() {
    return String.join(", ", reasons);
  }

  private static List<String> counts(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(reason -> Words.count(reason.getValue()) + " " + reason.getKey())
        .toList();
  }

  /** The parameters of a step; those of several components carry the component's id. */
  private static List<String> parameters(StepSummary step, PlainTree scenario) {
    for (Object candidate : items(scenario, "steps")) {
      PlainTree tree = new PlainTree(candidate);
      if (tree.at("id").equals(Optional.of(step.id()))) {
        List<String> several =
            items(tree, step.kind()).stream()
                .map(PlainTree::new)
                .flatMap(EntrySection::named)
                .toList();
        if (!several.isEmpty()) {
          return several;
        }
        return tree.at(step.kind(), "use").isPresent()
            ? tree.pairs(step.kind(), "with")
            : tree.pairs(step.kind());
      }
    }
    return List.of();
  }

  private static Stream<String> named(PlainTree component) {
    String id = component.text("use").orElse("");
    return component.pairs("with").stream().map(parameter -> id + ": " + parameter);
  }

  private static List<?> items(PlainTree tree, String key) {
    return tree.at(key).orElse(null) instanceof List<?> list ? list : List.of();
  }
}
