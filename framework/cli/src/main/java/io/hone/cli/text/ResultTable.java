package io.hone.cli.text;

import io.hone.engine.results.Distrust;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.Summary.ExpectationResult;
import io.hone.host.figure.FigureTree;
import io.hone.scenario.diagnostics.Spelling;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The key figures of a run, as a table on standard output. */
public final class ResultTable {
  /** Stands beside a figure that cannot be trusted. */
  private static final String MARK = "!";

  private static final List<ResultColumn> COLUMNS = ResultColumn.all();

  private final Summary summary;

  public ResultTable(Summary summary) {
    this.summary = summary;
  }

  public void print(PrintStream out) {
    List<ResultColumn> shown =
        COLUMNS.stream()
            .filter(column -> summary.measured().stream().anyMatch(column::tellsOf))
            .toList();
    List<String> header = new ArrayList<>(List.of("step", "samples", "attempted"));
    shown.forEach(column -> header.add(column.title()));
    boolean flagged = summary.steps().stream().anyMatch(step -> !step.trust().isEmpty());
    TextTable table = new TextTable(true, header.toArray(String[]::new));
    for (StepSummary step : summary.measured()) {
      List<String> row =
          new ArrayList<>(
              List.of(step.name(), Long.toString(step.samples()), Long.toString(step.attempted())));
      for (ResultColumn column : shown) {
        row.add(column.cell(step).orElse(TextTable.NONE) + mark(step, column, flagged));
      }
      table.add(row);
    }
    table.print(out);
    printReasons(out);
    printTrust(out);
    new CheckTable(summary.checks()).print(out);
    summary.expectations().forEach(expectation -> out.println(line(expectation)));
  }

  /** Marks a figure that cannot be trusted; the others keep the place of the mark free. */
  private static String mark(StepSummary step, ResultColumn column, boolean flagged) {
    boolean marked = column.tellsOf(step) && !step.distrusting(column.path()).isEmpty();
    return marked ? MARK : flagged ? " " : "";
  }

  private void printReasons(PrintStream out) {
    String reasons =
        summary.steps().stream()
            .filter(step -> !step.reasons().isEmpty())
            .map(step -> step.name() + " " + counts(step.reasons()))
            .collect(Collectors.joining("; "));
    if (!reasons.isEmpty()) {
      out.println(TextWrap.paragraph("reasons: " + reasons, "  "));
    }
  }

  private static String counts(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .map(reason -> reason.getValue() + " " + reason.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Tells each flag once, with the entries that it concerns. */
  private void printTrust(PrintStream out) {
    Map<Distrust, List<String>> entries = new LinkedHashMap<>();
    for (StepSummary step : summary.steps()) {
      for (Distrust flag : step.trust()) {
        Distrust withoutCount = new Distrust(flag.code(), 0, flag.text(), flag.accepted());
        entries.computeIfAbsent(withoutCount, key -> new ArrayList<>()).add(step.name());
      }
    }
    entries.forEach(
        (flag, names) ->
            out.println(
                TextWrap.paragraph(
                    MARK
                        + " "
                        + flag.code()
                        + (flag.accepted() ? ", accepted" : "")
                        + " ("
                        + named(names)
                        + "): "
                        + flag.text(),
                    "  ")));
  }

  private String named(List<String> names) {
    if (names.size() == summary.steps().size()) {
      return "all entries";
    }
    int shown = Math.min(names.size(), 5);
    return String.join(", ", names.subList(0, shown))
        + (shown < names.size() ? " and " + (names.size() - shown) + " more" : "");
  }

  private String line(ExpectationResult expectation) {
    String codes = String.join(", ", expectation.trust());
    String found =
        expectation.actual() == null
            ? "missing" + guess(expectation.text())
            : "is " + expectation.actual();
    if (expectation.untrusted()) {
      return TextWrap.paragraph(
          "UNTRUSTED: "
              + expectation.text()
              + " ("
              + found
              + ", but see "
              + codes
              + " above; accept: ["
              + codes
              + "] in the scenario lets it pass)",
          "  ");
    }
    return (expectation.met() ? "met: " : "NOT MET: ")
        + expectation.text()
        + " ("
        + found
        + (codes.isEmpty() ? "" : "; " + codes + (expectation.met() ? " accepted" : ""))
        + ")";
  }

  /** Returns which figure may have been meant: what a plugin measures is known only now. */
  private String guess(String expected) {
    return summary.measured().stream()
        .filter(step -> expected.startsWith(step.name() + "."))
        .max(Comparator.comparingInt(step -> step.name().length()))
        .map(
            step -> {
              String figure = expected.substring(step.name().length() + 1).split("[\\s<>=!]", 2)[0];
              return Spelling.didYouMean(figure, FigureTree.paths(step.metrics()));
            })
        .orElse("");
  }
}
