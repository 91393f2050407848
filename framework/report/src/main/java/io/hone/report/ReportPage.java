package io.hone.report;

import io.hone.engine.results.Distrust;
import io.hone.engine.results.Gallery;
import io.hone.engine.results.Status;
import io.hone.engine.results.Summary;
import io.hone.engine.results.Summary.ExpectationResult;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole page, as the templates show it.
 *
 * @param style the style sheet
 * @param summary what was found
 * @param facts what was run, on what
 * @param highlights the best figures
 * @param strip one sample through the chain, if any got anywhere
 * @param expectations what was to be reached
 * @param trust why figures cannot be trusted
 * @param checks what the self-checks found
 * @param overview key figures of all entries
 * @param waterfalls charts of attacks that run others stage by stage
 * @param bars charts of single figures
 * @param lines charts of the matrix, and of what improvers restored
 * @param transfers how examples do on other models, where they were shown to several
 * @param targets what steps come to over every class that they were aimed at
 * @param sections one per entry
 * @param parts whatever the summary holds beside, in full
 */
record ReportPage(
    String style,
    Summary summary,
    List<Fact> facts,
    List<Highlight> highlights,
    Optional<Strip> strip,
    List<Expected> expectations,
    List<TrustNote> trust,
    List<CheckRow> checks,
    Overview overview,
    List<Waterfall> waterfalls,
    List<BarChart> bars,
    List<LineChart> lines,
    Optional<TransferTable> transfers,
    List<TargetSection> targets,
    List<EntrySection> sections,
    List<Part> parts) {
  private static final int LONGEST = 40;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Pattern COMPARISON = Pattern.compile("\\s*[<>=!]=?[^<>=!]*$");

  /**
   * One thing to know of a run.
   *
   * @param term what it is
   * @param text its value
   */
  record Fact(String term, String text, List<Distrust> doubts) {}

  /**
   * An expectation.
   *
   * @param text as written
   * @param actual the figure; empty if it is missing
   * @param met whether it was reached
   * @param untrusted whether the figure is as expected, but cannot be trusted
   * @param codes of the flags that speak against the figure
   */
  record Expected(
      String text, Optional<Figure> actual, boolean met, boolean untrusted, String codes) {
    /** Returns what became of it, in words. */
    String verdict() {
      return met ? "met" : untrusted ? "untrusted" : "not met";
    }

    /** Returns the CSS class of the verdict. */
    String tone() {
      return met ? "good" : untrusted ? "doubtful" : "bad";
    }
  }

  /**
   * A part of the summary in full.
   *
   * @param title what it is
   * @param outline its values as indented lines
   */
  record Part(String title, String outline) {}

  /** Returns the page of a run. */
  static ReportPage of(Summary summary, Gallery gallery, String style) {
    List<Entry> entries = Entries.of(summary.steps());
    PlainTree scenario = new PlainTree(summary.scenario());
    Drawing drawing = new Drawing(gallery);
    return new ReportPage(
        style,
        summary,
        facts(summary, entries),
        Highlight.of(entries),
        Strip.of(entries, drawing),
        summary.expectations().stream().map(ReportPage::expected).toList(),
        TrustNote.of(entries),
        CheckRow.of(summary.checks(), entries),
        Overview.of(entries),
        Waterfall.of(entries),
        BarChart.of(entries),
        Stream.concat(MatrixCharts.of(entries).stream(), RestorationCharts.of(entries).stream())
            .toList(),
        TransferTable.of(entries),
        TargetSection.of(summary, drawing),
        entries.stream().map(entry -> EntrySection.of(entry, scenario, drawing)).toList(),
        Stream.of(
                part("Scenario, with every default", summary.scenario()),
                part("Model", summary.model()),
                part("Provenance", summary.provenance()),
                part("Meters", summary.meters()))
            .filter(part -> !part.outline().isBlank())
            .toList());
  }

  /** Returns whether the run ended as it should. */
  boolean completed() {
    return summary.status().equals(Status.COMPLETED.word());
  }

  /** Returns how a run ended that did not complete. */
  String ending() {
    return summary.status().equals(Status.FAILED.word())
        ? "This run failed."
        : "This run was " + summary.status() + ".";
  }

  /** Returns how many expectations were not met. */
  long unmet() {
    return expectations.stream().filter(expected -> !expected.met()).count();
  }

  /** Tells of the model that saw some clean images. */
  private static Fact model(String first, Entry clean, PlainTree models) {
    String name = models.text("variants", clean.name(), "name").orElse(first);
    return clean
        .figure("accuracy")
        .map(
            figure ->
                new Fact(
                    "Model", name + ", " + figure.text() + " on clean", clean.doubts("accuracy")))
        .orElseGet(() -> new Fact("Model", name, List.of()));
  }

  private static List<Fact> facts(Summary summary, List<Entry> entries) {
    PlainTree scenario = new PlainTree(summary.scenario());
    PlainTree model = new PlainTree(summary.model());
    PlainTree provenance = new PlainTree(summary.provenance());
    List<Fact> facts = new ArrayList<>();
    Optional<Entry> images = entries.stream().filter(Entry::isClean).findFirst();
    model
        .text("name")
        .ifPresent(
            name -> {
              List<Entry> clean = entries.stream().filter(Entry::isClean).toList();
              if (clean.isEmpty()) {
                facts.add(new Fact("Model", name, List.of()));
              }
              clean.forEach(entry -> facts.add(model(name, entry, model)));
            });
    add(facts, "Data", data(scenario));
    add(facts, "Goal", goal(scenario));
    add(facts, "Samples", images.map(entry -> Words.count(entry.summary().samples())));
    add(facts, "Seed", provenance.text("seed").or(() -> scenario.text("seed")));
    add(facts, "Device", provenance.text("device"));
    add(facts, "Threads", provenance.text("threads"));
    add(
        facts,
        "Date",
        provenance.text("date").or(() -> provenance.text("started")).map(ReportPage::readable));
    add(
        facts,
        "Took",
        Figure.at(summary.provenance(), "elapsed_seconds").map(took -> took.text() + "\u00a0s"));
    return facts;
  }

  private static Optional<String> data(PlainTree scenario) {
    return scenario
        .text("dataset", "use")
        .map(
            use -> {
              // Long values, such as mirrors, are in the scenario at the end of the page.
              String with =
                  scenario.pairs("dataset", "with").stream()
                      .filter(pair -> pair.length() <= LONGEST)
                      .collect(Collectors.joining(", "));
              return with.isEmpty() ? use : use + " (" + with + ")";
            });
  }

  private static Optional<String> goal(PlainTree scenario) {
    List<String> pairs = scenario.pairs("goal");
    return pairs.isEmpty() ? scenario.text("goal") : Optional.of(String.join(", ", pairs));
  }

  /** Returns a moment in words; what is none stays as it is. */
  private static String readable(String moment) {
    try {
      return DATE.format(Instant.parse(moment));
    } catch (DateTimeException e) {
      return moment;
    }
  }

  private static void add(List<Fact> facts, String term, Optional<String> text) {
    text.ifPresent(value -> facts.add(new Fact(term, value, List.of())));
  }

  private static Expected expected(ExpectationResult result) {
    String path = COMPARISON.matcher(result.text()).replaceFirst("");
    return new Expected(
        result.text(),
        Optional.ofNullable(result.actual()).map(actual -> new Figure(path, actual)),
        result.met(),
        result.untrusted(),
        result.trust().isEmpty()
            ? ""
            : String.join(", ", result.trust()) + (result.met() ? ", accepted" : ""));
  }

  private static Part part(String title, Map<String, Object> values) {
    return new Part(title, new PlainTree(values).outline());
  }
}
