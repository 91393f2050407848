package io.hone.onnx.gradient.rule;

import io.hone.onnx.graph.Node;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The operators that have a gradient. Immutable. */
public final class GradientRegistry {
  private final SortedMap<String, OperatorGradient> gradients = new TreeMap<>();

  private GradientRegistry(Collection<OperatorGradient> all) {
    for (OperatorGradient gradient : all) {
      if (gradients.put(gradient.operator(), gradient) != null) {
        throw new IllegalArgumentException(gradient.operator() + " is registered twice");
      }
    }
  }

  /** Returns a registry of exactly these, each operator at most once. */
  public static GradientRegistry of(Collection<OperatorGradient> gradients) {
    return new GradientRegistry(gradients);
  }

  /** Returns a registry with one more, which replaces that of the same operator. */
  public GradientRegistry with(OperatorGradient gradient) {
    Map<String, OperatorGradient> changed = new TreeMap<>(gradients);
    changed.put(gradient.operator(), gradient);
    return new GradientRegistry(List.copyOf(changed.values()));
  }

  /** Returns the gradient of a node's operator. */
  public Optional<OperatorGradient> of(Node node) {
    return node.domain().isEmpty()
        ? Optional.ofNullable(gradients.get(node.operator()))
        : Optional.empty();
  }

  /** Returns the names of all operators. */
  public SortedSet<String> operators() {
    return new TreeSet<>(gradients.keySet());
  }
}
