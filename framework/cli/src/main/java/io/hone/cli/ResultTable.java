package io.hone.cli;

import io.hone.core.results.FigureTree;
import io.hone.core.results.StepSummary;
import io.hone.core.results.Summary;
import io.hone.core.results.Summary.ExpectationResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The key figures of a run, as a table on standard output. */
final class ResultTable {
  private record Column(String path, String format, double scale) {}

  private static final Map<String, Column> COLUMNS = columns();

  private final Summary summary;

  ResultTable(Summary summary) {
    this.summary = summary;
  }

  private static Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("success %", new Column("success_rate", "%.1f", 100));
    columns.put("8-bit %", new Column("success_rate_8bit", "%.1f", 100));
    columns.put("accuracy %", new Column("accuracy", "%.1f", 100));
    columns.put("recovered %", new Column("recovery_rate", "%.1f", 100));
    columns.put("L0", new Column("l0.mean", "%.1f", 1));
    columns.put("L2", new Column("l2.mean", "%.3f", 1));
    columns.put("L0 less %", new Column("reduction_rate.l0", "%.1f", 100));
    columns.put("L2 less %", new Column("reduction_rate.l2", "%.1f", 100));
    columns.put("queries", new Column("queries.forward", "%.1f", 1));
    columns.put("gradients", new Column("queries.gradient", "%.1f", 1));
    columns.put("seconds", new Column("seconds", "%.2f", 1));
    return columns;
  }

  void print(PrintStream out) {
    List<String> header = new ArrayList<>(List.of("step", "samples", "attempted"));
    List<Column> shown = new ArrayList<>();
    COLUMNS.forEach(
        (title, column) -> {
          if (summary.steps().stream().anyMatch(step -> figure(step, column).isPresent())) {
            header.add(title);
            shown.add(column);
          }
        });
    TextTable table = new TextTable(true, header.toArray(String[]::new));
    for (StepSummary step : summary.steps()) {
      List<String> row =
          new ArrayList<>(
              List.of(step.name(), Long.toString(step.samples()), Long.toString(step.attempted())));
      for (Column column : shown) {
        OptionalDouble figure = figure(step, column);
        row.add(
            figure.isPresent()
                ? String.format(Locale.ROOT, column.format(), figure.getAsDouble() * column.scale())
                : "-");
      }
      table.add(row);
    }
    table.print(out);
    for (ExpectationResult expectation : summary.expectations()) {
      out.printf(
          "%s: %s (%s)%n",
          expectation.met() ? "met" : "NOT MET",
          expectation.text(),
          expectation.actual() == null ? "missing" : "is " + expectation.actual());
    }
  }

  private static OptionalDouble figure(StepSummary step, Column column) {
    return FigureTree.find(step.metrics(), column.path());
  }
}
