package io.hone.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a step did along one numeric axis of the matrix, at one point of the other axes.
 *
 * @param axis as the entries' variants name it: as much of the path as tells it from other axes
 * @param others the point of the other axes
 * @param entries by the axis' value, ascending; at least two
 */
record MatrixLine(String axis, Map<String, Object> others, TreeMap<Double, Entry> entries) {
  // A class is a number too, but none is larger than another.
  private static final String CLASS = "targeted";

  /** Returns the lines of all steps that the matrix gave several values of a parameter. */
  static List<MatrixLine> of(List<Entry> entries) {
    Map<List<Object>, List<Entry>> steps = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!entry.summary().variant().isEmpty()) {
        List<Object> key = List.of(entry.summary().id(), entry.receivedWithoutVariant());
        steps.computeIfAbsent(key, absent -> new ArrayList<>()).add(entry);
      }
    }
    List<MatrixLine> lines = new ArrayList<>();
    for (List<Entry> variants : steps.values()) {
      axis(variants).ifPresent(axis -> lines.addAll(along(axis, variants)));
    }
    return lines;
  }

  /** The numeric axis that tells most: a radius, or else the one with the most values. */
  private static Optional<String> axis(List<Entry> variants) {
    return variants.get(0).summary().variant().keySet().stream()
        .filter(axis -> !lastPart(axis).equals(CLASS))
        .filter(axis -> variants.stream().allMatch(entry -> at(entry, axis).isPresent()))
        .filter(axis -> distinct(variants, axis) > 1)
        .max(
            Comparator.<String, Boolean>comparing(axis -> variants.get(0).hasRadius(axis))
                .thenComparing(axis -> distinct(variants, axis)));
  }

  private static long distinct(List<Entry> variants, String axis) {
    return variants.stream().map(entry -> at(entry, axis)).distinct().count();
  }

  private static List<MatrixLine> along(String axis, List<Entry> variants) {
    Map<Map<String, Object>, TreeMap<Double, Entry>> lines = new LinkedHashMap<>();
    for (Entry entry : variants) {
      Map<String, Object> others = new LinkedHashMap<>(entry.summary().variant());
      others.remove(axis);
      lines
          .computeIfAbsent(others, absent -> new TreeMap<>())
          .put(at(entry, axis).orElseThrow(), entry);
    }
    return lines.entrySet().stream()
        .filter(line -> line.getValue().size() > 1)
        .map(line -> new MatrixLine(axis, line.getKey(), line.getValue()))
        .toList();
  }

  Entry first() {
    return entries.firstEntry().getValue();
  }

  /** Returns the name of the parameter that varies, without the path to it. */
  String parameter() {
    return lastPart(axis);
  }

  /** Returns whether the parameter is a distance, which a norm measures. */
  boolean measuresDistance() {
    return first().hasRadius(axis);
  }

  /** Returns the point of the other axes in brackets; nothing where there are none. */
  String fixed() {
    return others.isEmpty()
        ? ""
        : others.entrySet().stream()
            .map(other -> other.getKey() + " " + other.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** Returns a figure along the line; nothing where it is missing or not finite anywhere. */
  Optional<List<LineChart.Reading>> readings(String path) {
    List<LineChart.Reading> readings = new ArrayList<>();
    entries.forEach(
        (value, entry) ->
            entry
                .figure(path)
                .filter(figure -> Double.isFinite(figure.value()))
                .ifPresent(
                    figure ->
                        readings.add(
                            new LineChart.Reading(
                                value,
                                written(entry, axis),
                                figure,
                                entry.interval(path),
                                !entry.doubts(path).isEmpty()))));
    return readings.size() == entries.size() ? Optional.of(readings) : Optional.empty();
  }

  private static String written(Entry entry, String axis) {
    return String.valueOf(entry.summary().variant().get(axis)).trim();
  }

  /** The value of an axis, which may be written as a number, {@code 8/255} or {@code 8px}. */
  private static OptionalDouble at(Entry entry, String axis) {
    String text = written(entry, axis);
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

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
