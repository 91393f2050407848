package io.hone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The Markdown table of a benchmark of trainings: median seconds of each side, and their ratio to
 * those of libtorch with as many threads.
 */
final class TrainingTable {
  private final List<String> columns;
  private final String reference;
  private final List<String> lines = new ArrayList<>();

  /**
   * Creates a table without rows.
   *
   * @param columns names of all sides
   * @param reference name of the side that others are compared with
   */
  TrainingTable(List<String> columns, String reference) {
    this.columns = List.copyOf(columns);
    this.reference = reference;
    lines.add("| network | examples | threads | seconds | " + String.join(" | ", columns) + " |");
    lines.add("|---|---:|---:|---|" + "---:|".repeat(columns.size()));
  }

  /** Adds the rows of a network: wall time, and what all threads computed. */
  void add(TrainingWorkload workload, int examples, int threads, List<TrainingTurns> turns) {
    String start = String.format(Locale.ROOT, "| `%s` | %,d | %d", workload, examples, threads);
    lines.add(start + " | wall" + cells(turns, TrainingFigures::seconds));
    lines.add(start + " | CPU" + cells(turns, TrainingFigures::cpuSeconds));
  }

  private String cells(List<TrainingTurns> turns, ToDoubleFunction<TrainingFigures> figure) {
    Optional<Double> compared = median(turns, reference, figure);
    StringBuilder cells = new StringBuilder();
    for (String column : columns) {
      cells.append(" | ");
      median(turns, column, figure).ifPresent(seconds -> cells.append(cell(seconds, compared)));
    }
    return cells.append(" |").toString();
  }

  private static Optional<Double> median(
      List<TrainingTurns> turns, String name, ToDoubleFunction<TrainingFigures> figure) {
    return turns.stream()
        .filter(side -> side.side().name().equals(name))
        .findFirst()
        .map(side -> side.median(figure));
  }

  private static String cell(double seconds, Optional<Double> compared) {
    return compared
        .map(other -> String.format(Locale.ROOT, "%.2f (%.2f)", seconds, seconds / other))
        .orElseGet(() -> String.format(Locale.ROOT, "%.2f", seconds));
  }

  /** Returns the lines. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
