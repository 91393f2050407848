package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The rule of each operator that images can be followed through. */
final class RowRules {
  private static final Map<String, RowRule> RULES = rules();

  private RowRules() {}

  private static Map<String, RowRule> rules() {
    Map<String, RowRule> rules = new HashMap<>();
    SameRows.addTo(rules);
    WindowRows.addTo(rules);
    ShapeRows.addTo(rules);
    ProductRows.addTo(rules);
    AxisRows.addTo(rules);
    ReducedRows.addTo(rules);
    IndexRows.addTo(rules);
    return Map.copyOf(rules);
  }

  /** Returns the names of the operators that have a rule. */
  static Set<String> operators() {
    return RULES.keySet();
  }

  /** Returns the rule of a node's operator, or null. */
  static RowRule of(Node node) {
    return node.domain().isEmpty() ? RULES.get(node.operator()) : null;
  }
}
