package io.hone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One number of an entry.
 *
 * @param path as an expectation names it, such as {@code reduction_rate.l0}
 * @param value as in the summary
 */
record Figure(String path, double value) {
  /** Returns the number in full, as the summary writes it. */
  String exact() {
    return Double.toString(value);
  }

  /** Returns the number as people read it. */
  String text() {
    return FigureFormat.of(path).text(value);
  }

  /** Returns the number at a path, where there is one. */
  static Optional<Figure> at(Map<String, Object> metrics, String path) {
    Object value = metrics;
    for (String key : path.split("\\.")) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value instanceof Number number
        ? Optional.of(new Figure(path, number.doubleValue()))
        : Optional.empty();
  }

  /** Returns the number at a path, or the mean there where several figures sum up the samples. */
  static Optional<Figure> typical(Map<String, Object> metrics, String path) {
    return at(metrics, path).or(() -> at(metrics, path + ".mean"));
  }

  /** Returns every number below a path, in order. */
  static List<Figure> all(String path, @Nullable Object value) {
    List<Figure> figures = new ArrayList<>();
    collect(path, value, figures);
    return figures;
  }

  private static void collect(String path, @Nullable Object value, List<Figure> figures) {
    if (value instanceof Number number) {
      figures.add(new Figure(path, number.doubleValue()));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> collect(path + "." + key, child, figures));
    }
  }
}
