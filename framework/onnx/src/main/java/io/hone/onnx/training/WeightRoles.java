package io.hone.onnx.training;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what constants are to the operators that read them, directly or behind views of them. */
final class WeightRoles {
  private static final Set<String> LOOKING_UP = Set.of("Gather", "GatherElements", "GatherND");

  private static final Set<String> PRODUCTS =
      Set.of("Conv", "ConvTranspose", "Einsum", "Gemm", "MatMul");

  private static final Set<String> RECURRENT = Set.of("GRU", "LSTM", "RNN");

  private final OnnxModel model;
  private final Map<String, List<Node>> readers = new HashMap<>();

  WeightRoles(OnnxModel model) {
    this.model = model;
    for (Node node : model.nodes()) {
      for (String read : node.reads()) {
        readers.computeIfAbsent(read, name -> new ArrayList<>()).add(node);
      }
    }
  }

  /** What a constant may be to one node. */
  enum Role {
    KERNEL,
    BIAS,
    SCALE,
    SHIFT,
    SLOPE,
    EMBEDDING,
    /** A mean or a variance that a normalisation is given. */
    STATISTIC,
    /** Part of a formula. */
    OPERAND,
    /** Steers the operator: scales of a Resize, the ratio of a Dropout. */
    SETTING,
    /** Read by a subgraph. */
    CAPTURED
  }

  /** Returns what a constant is to its readers; empty if nothing reads it. */
  Set<Role> of(String constant) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    collect(constant, roles);
    return roles;
  }

  /** Returns the node whose subgraph reads a constant. */
  Optional<Node> capturing(String constant) {
    return readers.getOrDefault(constant, List.of()).stream()
        .filter(node -> !node.inputs().contains(new Value(constant)))
        .findFirst();
  }

  private void collect(String value, Set<Role> roles) {
    for (Node node : readers.getOrDefault(value, List.of())) {
      if (!node.inputs().contains(new Value(value))) {
        roles.add(Role.CAPTURED);
      }
      for (int i = 0; i < node.inputs().size(); i++) {
        if (!node.input(i).name().equals(value)) {
          continue;
        }
        if (i == 0 && passes(node)) {
          node.writes().forEach(written -> collect(written, roles));
        } else {
          roles.add(role(node, i));
        }
      }
    }
  }

  /** Returns whether the first input comes out with the same numbers, all of them or some. */
  private static boolean passes(Node node) {
    return node.is("Cast")
        || (OperatorTrait.MOVES.isOf(node) && !LOOKING_UP.contains(node.operator()));
  }

  private Role role(Node node, int input) {
    if (!node.domain().isEmpty()) {
      return Role.OPERAND;
    }
    if (LOOKING_UP.contains(node.operator())) {
      return Role.EMBEDDING;
    }
    return switch (node.operator()) {
      case "Conv", "ConvTranspose" -> input == 2 ? Role.BIAS : Role.KERNEL;
      case "Gemm" -> input == 2 ? Role.BIAS : Role.KERNEL;
      case "MatMul", "Einsum" -> Role.KERNEL;
      case "BatchNormalization" ->
          input == 1 ? Role.SCALE : input == 2 ? Role.SHIFT : statisticOrImage(input);
      case "InstanceNormalization",
          "GroupNormalization",
          "LayerNormalization",
          "RMSNormalization" ->
          input == 1 ? Role.SCALE : input == 2 ? Role.SHIFT : Role.OPERAND;
      case "PRelu" -> input == 1 ? Role.SLOPE : Role.OPERAND;
      case "CastLike",
          "DequantizeLinear",
          "Dropout",
          "OneHot",
          "QuantizeLinear",
          "Resize",
          "Upsample" ->
          input == 0 ? Role.OPERAND : Role.SETTING;
      case "Pad" ->
          node.text("mode", "constant").equals("constant") || input == 0
              ? Role.OPERAND
              : Role.SETTING;
      case "Add" -> isAddedToProduct(node, input) ? Role.BIAS : Role.OPERAND;
      default -> RECURRENT.contains(node.operator()) ? ofRecurrent(input) : Role.OPERAND;
    };
  }

  private static Role statisticOrImage(int input) {
    return input == 0 ? Role.OPERAND : Role.STATISTIC;
  }

  private static Role ofRecurrent(int input) {
    return input == 1 || input == 2 ? Role.KERNEL : input == 3 ? Role.BIAS : Role.OPERAND;
  }

  private boolean isAddedToProduct(Node sum, int input) {
    return model
        .producer(sum.input(1 - input))
        .filter(node -> node.domain().isEmpty() && PRODUCTS.contains(node.operator()))
        .isPresent();
  }
}
