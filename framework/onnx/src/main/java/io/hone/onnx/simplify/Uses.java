package io.hone.onnx.simplify;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who reads what in a model. */
final class Uses {
  private final OnnxModel model;
  private final Set<String> kept;
  private final Map<String, List<Node>> readers = new HashMap<>();
  private final Set<String> captured = new HashSet<>();

  Uses(OnnxModel model, Set<String> kept) {
    this.model = model;
    this.kept = kept;
    for (Node node : model.nodes()) {
      Set<String> read = node.reads();
      read.forEach(name -> readers.computeIfAbsent(name, key -> new ArrayList<>()).add(node));
      node.inputs().forEach(input -> read.remove(input.name()));
      captured.addAll(read);
    }
  }

  OnnxModel model() {
    return model;
  }

  /** Returns whether the value must exist under its name. */
  boolean isKept(Value value) {
    return kept.contains(value.name()) || captured.contains(value.name());
  }

  /** Returns whether a node must write the value under its name: a constant would not do. */
  boolean isWanted(Value value) {
    return kept.contains(value.name());
  }

  /** Returns whether nothing reads the value. */
  boolean isUnused(Value value) {
    return value.isAbsent() || (!isKept(value) && !readers.containsKey(value.name()));
  }

  /** Returns whether one node alone reads the value, once. */
  boolean hasOneReader(Value value) {
    List<Node> found = readers.getOrDefault(value.name(), List.of());
    return !isKept(value)
        && found.size() == 1
        && found.get(0).inputs().stream().filter(value::equals).count() == 1;
  }
}
