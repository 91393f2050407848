package io.hone.report;

import io.hone.engine.results.Distrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The key figures of all entries side by side.
 *
 * @param groups headings that span columns
 * @param columns the figures that at least one entry has
 * @param rows one per entry, in the order of the chains
 */
record Overview(List<Group> groups, List<Column> columns, List<Row> rows) {
  private static final List<Group> ALL =
      List.of(
          new Group(
              "Judged",
              List.of(
                  new Column("Success", "success_rate", true),
                  new Column("Accuracy", "accuracy", false),
                  new Column("Recovery", "recovery_rate", false),
                  new Column("Transfer", "transfer_rate.successes", false))),
          new Group(
              "Distance to clean, mean",
              List.of(
                  new Column("L0", "l0", true),
                  new Column("L2", "l2", false),
                  new Column("L\u221e", "linf", false))),
          new Group(
              "Reduced by",
              List.of(
                  new Column("L0", "reduction_rate.l0", true),
                  new Column("L2", "reduction_rate.l2", false))),
          new Group(
              "Queries",
              List.of(
                  new Column("Forward", "queries.forward", true),
                  new Column("Gradient", "queries.gradient", false))),
          new Group("Time", List.of(new Column("Seconds", "seconds", true))));

  /**
   * A heading over several columns.
   *
   * @param label in words
   * @param columns that are below it
   */
  record Group(String label, List<Column> columns) {
    int span() {
      return columns.size();
    }

    /** Keeps the columns for which some entry has a figure. */
    private Group among(List<Entry> entries) {
      List<Column> kept = new ArrayList<>();
      for (Column column : columns) {
        if (entries.stream().anyMatch(entry -> entry.figure(column.path()).isPresent())) {
          kept.add(new Column(column.label(), column.path(), kept.isEmpty()));
        }
      }
      return new Group(label, kept);
    }
  }

  /**
   * A figure that entries have in common.
   *
   * @param label in words
   * @param path in the metrics
   * @param first whether it is the leftmost of its group
   */
  record Column(String label, String path, boolean first) {}

  /**
   * An entry.
   *
   * @param entry what the line is about
   * @param cells one per column
   */
  record Row(Entry entry, List<Cell> cells) {
    String samples() {
      return Words.count(entry.summary().samples());
    }

    String attempted() {
      return Words.count(entry.summary().attempted());
    }
  }

  /**
   * A figure of an entry.
   *
   * @param column it is in
   * @param figure empty if the entry has none
   * @param interval of the figure, if it is a rate
   * @param doubts why it cannot be trusted
   */
  record Cell(
      Column column, Optional<Figure> figure, Optional<Interval> interval, List<Distrust> doubts) {}

  /** Returns the overview of some entries. */
  static Overview of(List<Entry> entries) {
    List<Group> groups =
        ALL.stream().map(group -> group.among(entries)).filter(group -> group.span() > 0).toList();
    List<Column> columns = groups.stream().flatMap(group -> group.columns().stream()).toList();
    return new Overview(
        groups, columns, entries.stream().map(entry -> row(entry, columns)).toList());
  }

  private static Row row(Entry entry, List<Column> columns) {
    return new Row(
        entry,
        columns.stream()
            .map(
                column ->
                    new Cell(
                        column,
                        entry.figure(column.path()),
                        entry.interval(column.path()),
                        entry.doubts(column.path())))
            .toList());
  }
}
