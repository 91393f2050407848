package io.hone.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Draws what a numeric axis of the matrix did to the entries of a step. */
final class MatrixCharts {
  private static final Map<String, List<String>> SHOWN =
      Map.of(
          Entry.ATTACK, List.of("success_rate", "accuracy"),
          Entry.IMPROVE,
              List.of("reduction_rate.l0", "reduction_rate.l2", "kept_at_threshold.mean"),
          Entry.DEFEND, List.of("recovery_rate", "clean_accuracy", "accuracy"));

  private MatrixCharts() {}

  /**
   * Returns one chart for every step that the matrix gave several values of one parameter; where
   * several parameters vary, one for each combination of the others.
   */
  static List<LineChart> of(List<Entry> entries) {
    List<LineChart> charts = new ArrayList<>();
    Map<List<Object>, List<Entry>> steps = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!entry.summary().variant().isEmpty()) {
        List<Object> key = List.of(entry.summary().id(), entry.receivedWithoutVariant());
        steps.computeIfAbsent(key, absent -> new ArrayList<>()).add(entry);
      }
    }
    for (List<Entry> variants : steps.values()) {
      axis(variants).ifPresent(axis -> charts.addAll(along(axis, variants)));
    }
    return charts;
  }

  /** The numeric axis with the most values. */
  private static Optional<String> axis(List<Entry> variants) {
    return variants.get(0).summary().variant().keySet().stream()
        .filter(axis -> variants.stream().allMatch(entry -> at(entry, axis).isPresent()))
        .filter(axis -> distinct(variants, axis) > 1)
        .max(Comparator.comparingLong(axis -> distinct(variants, axis)));
  }

  private static long distinct(List<Entry> variants, String axis) {
    return variants.stream().map(entry -> entry.summary().variant().get(axis)).distinct().count();
  }

  private static List<LineChart> along(String axis, List<Entry> variants) {
    Map<Map<String, Object>, TreeMap<Double, Entry>> lines = new LinkedHashMap<>();
    for (Entry entry : variants) {
      Map<String, Object> others = new LinkedHashMap<>(entry.summary().variant());
      others.remove(axis);
      lines
          .computeIfAbsent(others, absent -> new TreeMap<>())
          .put(at(entry, axis).orElseThrow(), entry);
    }
    List<LineChart> charts = new ArrayList<>();
    lines.forEach((others, line) -> chart(axis, others, line).ifPresent(charts::add));
    return charts;
  }

  private static Optional<LineChart> chart(
      String axis, Map<String, Object> others, TreeMap<Double, Entry> line) {
    Entry first = line.firstEntry().getValue();
    List<List<Figure>> shares =
        SHOWN.getOrDefault(first.summary().kind(), List.of()).stream()
            .map(
                path ->
                    line.values().stream().flatMap(entry -> entry.figure(path).stream()).toList())
            .filter(figures -> figures.size() == line.size())
            .filter(figures -> figures.stream().allMatch(figure -> Double.isFinite(figure.value())))
            .toList();
    if (line.size() < 2 || shares.isEmpty()) {
      return Optional.empty();
    }
    String fixed =
        others.isEmpty()
            ? ""
            : " ("
                + String.join(
                    ", ",
                    others.entrySet().stream()
                        .map(other -> other.getKey() + " " + other.getValue())
                        .toList())
                + ")";
    String title =
        first.summary().id() + " of " + first.receivedWithoutVariant() + " over " + axis + fixed;
    List<String> labels =
        line.values().stream()
            .map(entry -> String.valueOf(entry.summary().variant().get(axis)))
            .toList();
    return Optional.of(
        LineChart.of(
            title, axis, samples(line.values()), List.copyOf(line.keySet()), labels, shares));
  }

  private static String samples(Collection<Entry> line) {
    long least = line.stream().mapToLong(entry -> entry.summary().attempted()).min().orElse(0);
    long most = line.stream().mapToLong(entry -> entry.summary().attempted()).max().orElse(0);
    String number = Words.count(least) + (least == most ? "" : " to " + Words.count(most));
    return "n\u00a0=\u00a0" + number + " at each point";
  }

  /** The value of an axis, which may be written as a number, {@code 8/255} or {@code 8px}. */
  private static OptionalDouble at(Entry entry, String axis) {
    String text = String.valueOf(entry.summary().variant().get(axis)).trim();
    if (text.endsWith("px")) {
      text = text.substring(0, text.length() - 2) + "/255";
    }
    String[] parts = text.split("/", 2);
    try {
      double value = Double.parseDouble(parts[0]);
      double size = parts.length == 1 ? value : value / Double.parseDouble(parts[1]);
      return Double.isFinite(size) ? OptionalDouble.of(size) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
