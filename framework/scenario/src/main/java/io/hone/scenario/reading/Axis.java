package io.hone.scenario.reading;

import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One axis of a matrix.
 *
 * @param path of what varies
 * @param place of the path
 * @param label the last part of the path; more of it where two axes end alike
 * @param values at least one
 */
record Axis(YamlPath path, Place place, String label, List<Value> values) {
  private static final String TARGETED = "targeted";

  /**
   * A value on an axis.
   *
   * @param node as written
   * @param label as it is in names of entries and files
   */
  record Value(YamlNode node, String label) {}

  Axis {
    values = List.copyOf(values);
  }

  /**
   * Returns every combination of the values of axes, the last axis varying fastest.
   *
   * @param choices the values of each axis; an axis without values is left out
   */
  static List<Map<Axis, Value>> points(List<Axis> axes, Function<Axis, List<Value>> choices) {
    List<Map<Axis, Value>> points = List.of(Map.of());
    for (Axis axis : axes) {
      List<Value> values = choices.apply(axis);
      if (values.isEmpty()) {
        continue;
      }
      List<Map<Axis, Value>> longer = new ArrayList<>();
      for (Map<Axis, Value> point : points) {
        for (Value value : values) {
          Map<Axis, Value> next = new LinkedHashMap<>(point);
          next.put(axis, value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points;
  }

  Axis withLabel(String other) {
    return new Axis(path, place, other, values);
  }

  /** Returns whether the scenario's own goal varies. */
  boolean variesGoal() {
    return path.segments().get(0).equals(StepAxisRule.GOAL);
  }

  /** Returns whether its values are the classes that an attack aims at, one after the other. */
  boolean holdsTargets() {
    return path.last().equals(TARGETED)
        && values.size() > 1
        && values.stream().allMatch(value -> value.node().plain() instanceof Integer);
  }

  /** Returns whether the model under test varies. */
  boolean variesModel() {
    return path.segments().get(0).equals(StepAxisRule.MODEL);
  }

  /** Returns whether this step itself varies. */
  boolean varies(String step) {
    return !variesGoal() && !variesModel() && path.segments().get(1).equals(step);
  }
}
