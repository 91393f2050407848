package io.hone.scenario.reading;

import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlPath;
import io.hone.scenario.yaml.YamlScalar;
import io.hone.scenario.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the axes of a matrix. */
final class AxisReader {
  private static final int MOST_COMBINATIONS = 1000;
  private static final Pattern UNSAFE_IN_FILE_NAMES = Pattern.compile("[^A-Za-z0-9._+-]+");

  private final AxisRule rule;
  private final Diagnostics diagnostics;

  /**
   * Creates a reader.
   *
   * @param rule of what may vary
   */
  AxisReader(AxisRule rule, Diagnostics diagnostics) {
    this.rule = rule;
    this.diagnostics = diagnostics;
  }

  /** Returns the axes that make sense. */
  List<Axis> read(Optional<YamlNode> matrix) {
    if (matrix.isEmpty()) {
      return List.of();
    }
    if (!(matrix.get() instanceof YamlMapping mapping)) {
      diagnostics.add(
          matrix.get().place(),
          "'matrix' must be a mapping, not " + matrix.get().describe(),
          "each key is a path, each value a list; " + rule.known());
      return List.of();
    }
    List<Axis> axes = new ArrayList<>();
    for (YamlMapping.Entry entry : mapping.entries()) {
      axis(entry).filter(axis -> isApart(axis, axes)).ifPresent(axes::add);
    }
    long combinations =
        axes.stream().mapToLong(axis -> axis.values().size()).reduce(1, this::times);
    if (combinations > MOST_COMBINATIONS) {
      diagnostics.add(
          mapping.place(), "the matrix has more than " + MOST_COMBINATIONS + " combinations");
      return List.of();
    }
    return labelled(axes);
  }

  private long times(long product, long factor) {
    return Math.min(product * factor, MOST_COMBINATIONS + 1L);
  }

  private Optional<Axis> axis(YamlMapping.Entry entry) {
    YamlPath path = new YamlPath(entry.name());
    Place place = entry.key().place();
    if (!isSound(path, place)) {
      return Optional.empty();
    }
    if (!(entry.value() instanceof YamlSequence sequence) || sequence.items().isEmpty()) {
      diagnostics.add(
          entry.value().place(),
          "an axis must be a list of at least one value, not "
              + (entry.value() instanceof YamlSequence
                  ? "an empty one"
                  : entry.value().describe()));
      return Optional.empty();
    }
    List<Axis.Value> values = new ArrayList<>();
    Set<String> labels = new TreeSet<>();
    for (YamlNode item : sequence.items()) {
      String label = label(item);
      if (!labels.add(label)) {
        diagnostics.add(
            item.place(), "another value of this axis has the same name '" + label + "'");
        return Optional.empty();
      }
      values.add(new Axis.Value(item, label));
    }
    return Optional.of(new Axis(path, place, path.last(), values));
  }

  private boolean isSound(YamlPath path, Place place) {
    if (path.segments().contains("")) {
      return refuse(place, "'" + path.text() + "' is no path");
    }
    return rule.problem(path).map(problem -> refuse(place, problem)).orElse(true);
  }

  private boolean refuse(Place place, String message) {
    diagnostics.add(place, message, rule.known());
    return false;
  }

  private boolean isApart(Axis axis, List<Axis> others) {
    for (Axis other : others) {
      if (contains(axis.path(), other.path()) || contains(other.path(), axis.path())) {
        return refuse(
            axis.place(),
            "'" + axis.path().text() + "' and '" + other.path().text() + "' vary the same value");
      }
    }
    return true;
  }

  private static boolean contains(YamlPath outer, YamlPath inner) {
    return inner.text().startsWith(outer.text() + ".");
  }

  private static List<Axis> labelled(List<Axis> axes) {
    return axes.stream().map(axis -> axis.withLabel(shortest(axis, axes))).toList();
  }

  /** Returns as much of the path's end as no other axis ends with. */
  private static String shortest(Axis axis, List<Axis> axes) {
    List<String> segments = axis.path().segments();
    for (int from = segments.size() - 1; from > 0; from--) {
      String end = String.join(".", segments.subList(from, segments.size()));
      long alike =
          axes.stream().filter(other -> ("." + other.path().text()).endsWith("." + end)).count();
      if (alike == 1) {
        return end;
      }
    }
    return axis.path().text();
  }

  private static String label(YamlNode node) {
    String text = UNSAFE_IN_FILE_NAMES.matcher(text(node)).replaceAll("-");
    String trimmed = text.replaceAll("^-+(?![0-9])|-+$", "");
    return trimmed.isEmpty() ? "none" : trimmed;
  }

  private static String text(YamlNode node) {
    if (node instanceof YamlScalar scalar) {
      return scalar.text();
    }
    if (node instanceof YamlSequence sequence) {
      return sequence.items().stream().map(AxisReader::text).collect(Collectors.joining("-"));
    }
    return ((YamlMapping) node)
        .entries().stream()
            .map(entry -> entry.name() + "-" + text(entry.value()))
            .collect(Collectors.joining("-"));
  }
}
