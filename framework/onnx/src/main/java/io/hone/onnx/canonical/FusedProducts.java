package io.hone.onnx.canonical;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Convolutions, matrix products and normalisations that ONNX Runtime fuses with others. */
final class FusedProducts {
  private static final String[] ACTIVATION = {
    "activation", "activation_params", "activation_alpha", "activation_beta", "activation_gamma"
  };

  private FusedProducts() {}

  /** A convolution, a further summand, an activation. */
  static Optional<Node> convolution(Node node, GraphEditor graph, Shapes shapes) {
    float[] numbers = node.numbers("activation_params").orElse(new float[0]);
    Node plain = node.without(ACTIVATION).withOperator("Conv");
    List<Value> inputs = node.inputs();
    Value sum = graph.copy(plain.withInputs(inputs.subList(0, Math.min(3, inputs.size()))));
    if (!node.input(3).isAbsent()) {
      sum = graph.op("Add", sum, node.input(3));
    }
    return activation(node, sum, numbers, graph);
  }

  static Optional<Node> gemm(Node node, GraphEditor graph, Shapes shapes) {
    float[] numbers = {node.number("activation_alpha", 0), node.number("activation_beta", 0)};
    Value product = graph.copy(node.without(ACTIVATION).withOperator("Gemm"));
    return activation(node, product, node.has("activation_alpha") ? numbers : new float[0], graph);
  }

  /** Parameters that are not given have the operator's own default. */
  private static Optional<Node> activation(Node node, Value x, float[] numbers, GraphEditor graph) {
    String operator = node.text("activation", "");
    Node last = graph.node("Identity", x).into(node.outputs());
    switch (operator) {
      case "" -> {
        return Optional.of(last);
      }
      case "Relu", "Tanh", "Sigmoid", "HardSwish" -> {
        return Optional.of(last.withOperator(operator));
      }
      case "LeakyRelu", "HardSigmoid" -> {
        last = last.withOperator(operator);
        if (numbers.length > 0) {
          last = last.with("alpha", numbers[0]);
        }
        if (numbers.length > 1 && operator.equals("HardSigmoid")) {
          last = last.with("beta", numbers[1]);
        }
        return Optional.of(last);
      }
      case "Clip" -> {
        Value low = graph.scalar(numbers.length > 0 ? numbers[0] : -Float.MAX_VALUE);
        Value high = graph.scalar(numbers.length > 1 ? numbers[1] : Float.MAX_VALUE);
        return Optional.of(last.withOperator("Clip").withInputs(List.of(x, low, high)));
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  /** A matrix product whose operands may be transposed, times a number. */
  static Optional<Node> product(Node node, GraphEditor graph, Shapes shapes) {
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      boolean turned = node.integer(i == 0 ? "transA" : "transB", 0) != 0;
      boolean batchMoved = node.integer(i == 0 ? "transBatchA" : "transBatchB", 0) != 0;
      Value operand = node.input(i);
      if (turned || batchMoved) {
        Optional<Shape> shape = shapes.of(operand);
        if (shape.isEmpty()) {
          return Optional.empty();
        }
        long[] order = order(shape.get().rank(), turned, batchMoved);
        operand = graph.node("Transpose", operand).with("perm", order).output();
      }
      operands.add(operand);
    }
    float factor = node.number("alpha", 1);
    if (factor != 1) {
      // Before the product, where there is mostly less to multiply.
      operands.set(0, graph.op("Mul", operands.get(0), graph.scalar(factor)));
    }
    return Optional.of(graph.node("MatMul", operands.get(0), operands.get(1)).into(node.outputs()));
  }

  /**
   * The batch's axes are first; where they are to be moved, the second one from the end goes to the
   * front.
   */
  private static long[] order(int rank, boolean turned, boolean batchMoved) {
    long[] order = new long[rank];
    Arrays.setAll(order, axis -> axis);
    if (batchMoved && rank > 2) {
      for (int axis = 0; axis < rank - 2; axis++) {
        order[axis] = axis + 1;
      }
      order[rank - 2] = 0;
    }
    if (turned && rank > 1) {
      long last = order[rank - 1];
      order[rank - 1] = order[rank - 2];
      order[rank - 2] = last;
    }
    return order;
  }

  /** The sum of two inputs and a bias, normalised over the last axis. */
  static Optional<Node> skipNormalization(Node node, GraphEditor graph, Shapes shapes) {
    Value sum = graph.op("Add", node.input(0), node.input(1));
    if (!node.input(4).isAbsent()) {
      sum = graph.op("Add", sum, node.input(4));
    }
    if (!node.output(3).isAbsent()) {
      graph.add(graph.node("Identity", sum).into(List.of(node.output(3))));
    }
    List<Value> outputs = new ArrayList<>(node.outputs());
    return Optional.of(
        graph
            .node("LayerNormalization", sum, node.input(2), node.input(3))
            .with("axis", -1)
            .with("epsilon", node.number("epsilon", 1e-12f))
            .into(outputs.subList(0, Math.min(3, outputs.size()))));
  }
}
