package io.hone.scenario.reading;

import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlPath;
import java.util.List;

/**
 * One axis of a matrix.
 *
 * @param path of what varies
 * @param place of the path
 * @param label the last part of the path; more of it where two axes end alike
 * @param values at least one
 */
record Axis(YamlPath path, Place place, String label, List<Value> values) {
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

  Axis withLabel(String other) {
    return new Axis(path, place, other, values);
  }

  /** Returns whether the scenario's own goal varies. */
  boolean variesGoal() {
    return path.segments().get(0).equals(StepAxisRule.GOAL);
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
