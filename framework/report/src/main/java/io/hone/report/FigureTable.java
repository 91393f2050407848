package io.hone.report;

import io.hone.engine.results.Distrust;
import io.hone.engine.results.StepSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Figures of one entry.
 *
 * @param caption what they have in common
 * @param columns headings of the numbers
 * @param rows one per figure, or per group of figures
 */
record FigureTable(String caption, List<String> columns, List<Row> rows) {
  private static final String MEAN = "mean";
  private static final List<String> VALUE = List.of("Value");
  private static final List<String> INTERVAL = List.of("Value", "Low", "High", "Samples");

  /**
   * A line of the table.
   *
   * @param label in words
   * @param path as an expectation names it, without the column's key
   * @param cells one per column; a figure that is missing leaves its cell empty
   * @param doubts why the figures cannot be trusted
   */
  record Row(String label, String path, List<Optional<Figure>> cells, List<Distrust> doubts) {
    static Row of(Entry entry, String label, String path, List<Optional<Figure>> cells) {
      return new Row(label, path, cells, entry.doubts(path));
    }
  }

  /**
   * Returns all figures of an entry: first the rates with their intervals, then other single ones,
   * then those that sum up samples, one table for each set of columns, then what an improver
   * restored over its queries.
   */
  static List<FigureTable> of(Entry entry) {
    StepSummary step = entry.summary();
    List<Row> rates = new ArrayList<>();
    List<Row> single = new ArrayList<>();
    Map<List<String>, List<Row>> summing = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>(step.metrics().keySet());
    keys.sort(FigureLabel.order());
    for (String key : keys) {
      Object value = step.metrics().get(key);
      if (value instanceof Map<?, ?> map && map.containsKey(MEAN)) {
        List<String> columns = columns(map);
        List<Optional<Figure>> cells =
            columns.stream().map(column -> Figure.at(step.metrics(), key + "." + column)).toList();
        summing
            .computeIfAbsent(columns, absent -> new ArrayList<>())
            .add(Row.of(entry, FigureLabel.of(key), key, cells));
      } else if (!key.equals(RestorationCharts.RESTORED_AFTER)) {
        Figure.all(key, value).stream()
            .sorted(Comparator.comparing(FigureTable::lastKey, FigureLabel.order()))
            .forEach(
                figure -> {
                  boolean isRate = step.intervals().containsKey(figure.path());
                  (isRate ? rates : single).add(row(entry, figure, isRate));
                });
      }
    }
    List<FigureTable> tables = new ArrayList<>();
    if (!rates.isEmpty()) {
      tables.add(new FigureTable("Rates with their 95 % intervals", INTERVAL, rates));
    }
    if (!single.isEmpty()) {
      tables.add(new FigureTable("Figures", VALUE, single));
    }
    summing.forEach(
        (columns, rows) -> tables.add(new FigureTable(caption(entry, rows), columns, rows)));
    List<Row> restored =
        Figure.all(
                RestorationCharts.RESTORED_AFTER,
                step.metrics().get(RestorationCharts.RESTORED_AFTER))
            .stream()
            .sorted(Comparator.comparingLong(figure -> Long.parseLong(lastKey(figure))))
            .map(figure -> Row.of(entry, queries(lastKey(figure)), figure.path(), cell(figure)))
            .toList();
    if (!restored.isEmpty()) {
      tables.add(new FigureTable("Features restored along the chain after", VALUE, restored));
    }
    return tables;
  }

  private static Row row(Entry entry, Figure figure, boolean isRate) {
    List<Optional<Figure>> cells = new ArrayList<>(cell(figure));
    if (isRate) {
      for (String part : List.of("low", "high", "n")) {
        String path = "intervals." + figure.path() + "." + part;
        OptionalDouble value = entry.summary().find(path);
        cells.add(
            value.isPresent()
                ? Optional.of(new Figure(path, value.getAsDouble()))
                : Optional.empty());
      }
    }
    return Row.of(entry, FigureLabel.of(figure.path()), figure.path(), cells);
  }

  private static String caption(Entry entry, List<Row> rows) {
    boolean distances = rows.stream().anyMatch(row -> row.path().equals("l0"));
    if (!distances) {
      return "Per sample";
    }
    return entry
        .over("l0")
        .map(
            successes -> "Distance to clean over " + Words.count(successes, "success", "successes"))
        .orElse("Distance to clean over the successes");
  }

  private static List<String> columns(Map<?, ?> map) {
    List<String> usual = List.of(MEAN, "median", "max", "sum");
    List<String> columns = new ArrayList<>(usual.stream().filter(map::containsKey).toList());
    map.keySet().stream()
        .map(Object::toString)
        .filter(key -> !usual.contains(key))
        .forEach(columns::add);
    return columns;
  }

  private static String queries(String count) {
    return Words.count(Long.parseLong(count), "query", "queries");
  }

  private static String lastKey(Figure figure) {
    return figure.path().substring(figure.path().lastIndexOf('.') + 1);
  }

  private static List<Optional<Figure>> cell(Figure figure) {
    return List.of(Optional.of(figure));
  }
}
