package io.hone.onnx.activation;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the values of a graph that activation functions return.
 *
 * <p>An activation function is one node, such as Relu, or a product of a value and a gate that is
 * computed from it, as exporters write SiLU, HardSwish, Mish and GELU. Of a product, the result
 * counts and the gate does not. A Softmax is no activation function here: its numbers compete.
 */
public final class ActivationOutputs {
  /** Functions of one number that count wherever they are no gate. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "Celu",
          "Elu",
          "Gelu",
          "HardSigmoid",
          "HardSwish",
          "LeakyRelu",
          "Mish",
          "PRelu",
          "Relu",
          "Selu",
          "Sigmoid",
          "Softplus",
          "Softsign",
          "Swish",
          "Tanh",
          "ThresholdedRelu");

  /** Functions that a gate may end in. */
  private static final Set<String> GATES =
      Set.of("Clip", "Erf", "HardSigmoid", "Sigmoid", "Softplus", "Tanh");

  private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div", "Pow");

  /** The longest known chain from a value to its gate, that of GELU by Tanh, has six nodes. */
  private static final int LONGEST = 8;

  private final OnnxModel model;
  private final Map<String, List<Node>> readers = new HashMap<>();

  private ActivationOutputs(OnnxModel model) {
    this.model = model;
    for (Node node : model.nodes()) {
      for (String read : node.reads()) {
        readers.computeIfAbsent(read, name -> new ArrayList<>()).add(node);
      }
    }
  }

  /** Returns the names of the values, in the order in which the graph computes them. */
  public static Set<String> of(OnnxModel model) {
    return new ActivationOutputs(model).find();
  }

  private Set<String> find() {
    Set<String> found = new HashSet<>();
    Set<String> inner = new HashSet<>();
    for (Node node : model.nodes()) {
      Optional<Value> product = GATES.contains(node.operator()) ? product(node) : Optional.empty();
      if (product.isPresent()) {
        found.add(product.get().name());
        inner.add(node.output(0).name());
      } else if (isFunction(node)) {
        found.add(node.output(0).name());
      }
    }
    found.removeAll(inner);
    Set<String> ordered = new LinkedHashSet<>();
    model.nodes().stream().flatMap(node -> node.writes().stream()).forEach(ordered::add);
    ordered.retainAll(found);
    return ordered;
  }

  private boolean isFunction(Node node) {
    return FUNCTIONS.contains(node.operator()) || node.is("Clip") && startsAtZero(node);
  }

  /**
   * Returns whether a Clip is a Relu with an upper bound, and not a guard against large numbers.
   */
  private boolean startsAtZero(Node clip) {
    if (clip.has("min")) {
      return clip.number("min", -1) == 0;
    }
    return clip.inputs().size() > 1
        && constant(clip.input(1)).filter(low -> low.toFloats()[0] == 0).isPresent();
  }

  private Optional<ConstantTensor> constant(Value value) {
    return Optional.ofNullable(model.constants().get(value.name()))
        .or(
            () ->
                model
                    .producer(value)
                    .filter(node -> node.is("Constant"))
                    .flatMap(node -> node.tensor("value"))
                    .map(ConstantTensor::of));
  }

  /**
   * Follows a gate to the product with the value that it was computed from.
   *
   * @return the product, times constants behind it; empty if there is none
   */
  private Optional<Value> product(Node gate) {
    Set<String> sources = sources(gate);
    Value value = gate.output(0);
    for (int step = 0; step < LONGEST; step++) {
      List<Node> next = readers.getOrDefault(value.name(), List.of());
      if (next.size() != 1) {
        return Optional.empty();
      }
      Node reader = next.get(0);
      Optional<Value> other = variable(reader, value);
      if (!isArithmetic(reader)) {
        // Mish: the softplus of a value is the argument of the gate.
        if (!GATES.contains(reader.operator())) {
          return Optional.empty();
        }
      } else if (other.isPresent()) {
        boolean own = reader.is("Mul") && isFrom(other.get(), sources);
        return own ? Optional.of(scaled(reader.output(0))) : Optional.empty();
      }
      value = reader.output(0);
    }
    return Optional.empty();
  }

  /** Returns the other input of a node with two, if it is no constant. */
  private Optional<Value> variable(Node node, Value one) {
    return node.inputs().stream()
        .filter(input -> !input.equals(one) && constant(input).isEmpty())
        .findFirst();
  }

  private static boolean isArithmetic(Node node) {
    return ARITHMETIC.contains(node.operator());
  }

  /** Returns what a gate is computed from by arithmetic and functions of single numbers. */
  private Set<String> sources(Node gate) {
    Set<String> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(gate.input(0)));
    while (!open.isEmpty() && seen.size() < 4 * LONGEST) {
      Value value = open.pop();
      if (!value.isAbsent() && constant(value).isEmpty() && seen.add(value.name())) {
        model
            .producer(value)
            .filter(node -> isArithmetic(node) || GATES.contains(node.operator()))
            .ifPresent(node -> open.addAll(node.inputs()));
      }
    }
    return seen;
  }

  /** Returns whether a value is among others, or one of them times a constant. */
  private boolean isFrom(Value value, Set<String> sources) {
    if (sources.contains(value.name())) {
      return true;
    }
    return model
        .producer(value)
        .filter(node -> node.is("Mul") || node.is("Div"))
        .filter(node -> variables(node) == 1)
        .map(node -> node.inputs().stream().anyMatch(input -> sources.contains(input.name())))
        .orElse(false);
  }

  private long variables(Node node) {
    return node.inputs().stream().filter(input -> constant(input).isEmpty()).count();
  }

  /** Follows a value through products with constants: the half of GELU, the sixth of HardSwish. */
  private Value scaled(Value value) {
    List<Node> next = readers.getOrDefault(value.name(), List.of());
    boolean scales =
        next.size() == 1
            && (next.get(0).is("Mul") || next.get(0).is("Div"))
            && variables(next.get(0)) == 1;
    return scales && isScalar(next.get(0)) ? scaled(next.get(0).output(0)) : value;
  }

  /** A factor for each channel belongs to a layer of its own. */
  private boolean isScalar(Node node) {
    return node.inputs().stream()
        .flatMap(input -> constant(input).stream())
        .allMatch(constant -> constant.toFloats().length == 1);
  }
}
