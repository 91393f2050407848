package io.hone.onnx.canonical;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets inputs that take images as integers take floats, where the model makes floats of them before
 * it computes anything, by a cast or by dequantisation. Whole numbers give the same result, and
 * gradients pass.
 */
final class IntegerInputs {
  private final OnnxModel model;
  private final Map<String, ElementType> changed = new LinkedHashMap<>();

  private IntegerInputs(OnnxModel model) {
    this.model = model;
  }

  /**
   * Returns the inputs of a model that can take floats instead of integers, with the type that they
   * take.
   */
  static Map<String, ElementType> of(OnnxModel model) {
    IntegerInputs inputs = new IntegerInputs(model);
    for (TensorInfo input : model.inputs()) {
      boolean integers =
          switch (input.type()) {
            case UINT8, INT8, UINT16, INT16, INT32, UINT32, INT64, UINT64 -> true;
            default -> false;
          };
      if (integers && inputs.isMadeFloat(input.name())) {
        inputs.changed.put(input.name(), input.type());
      }
    }
    return inputs.changed;
  }

  private boolean isMadeFloat(String input) {
    Set<String> moved = new HashSet<>(Set.of(input));
    boolean cast = false;
    for (Node node : model.nodes()) {
      if (node.reads().stream().noneMatch(moved::contains)) {
        continue;
      }
      // A number that steers an operator, such as an index, must stay an integer.
      boolean data = moved.contains(node.input(0).name());
      boolean steers = node.inputs().stream().skip(1).anyMatch(read -> moved.contains(read.name()));
      if (!data || steers || !node.domain().isEmpty()) {
        return false;
      }
      if (node.is("Cast") && node.integer("to", 0) == ElementType.FLOAT.code()
          || isDequantized(node)) {
        cast = true;
      } else if (OperatorTrait.MOVES.isOf(node)) {
        moved.addAll(node.writes());
      } else if (!OperatorTrait.MEASURES.isOf(node)) {
        return false;
      }
    }
    return cast && model.outputs().stream().noneMatch(output -> moved.contains(output.name()));
  }

  /** Bytes that are scaled by one number each: float arithmetic of the same result. */
  private boolean isDequantized(Node node) {
    return node.is("DequantizeLinear")
        && node.inputs().stream().skip(1).allMatch(read -> isNumber(read.name()));
  }

  private boolean isNumber(String value) {
    ConstantTensor constant = model.constants().get(value);
    return constant != null && constant.shape().elements() == 1;
  }

  /** Writes out what scales the numbers of these inputs: (x - zero point) * scale. */
  private static void writeOut(GraphEditor graph, Map<String, ElementType> integers) {
    Set<String> moved = new HashSet<>(integers.keySet());
    List<Node> nodes = graph.nodes();
    graph.setNodes(List.of());
    for (Node node : nodes) {
      boolean reads = !node.inputs().isEmpty() && moved.contains(node.input(0).name());
      if (reads && OperatorTrait.MOVES.isOf(node)) {
        moved.addAll(node.writes());
      }
      if (reads && node.is("DequantizeLinear")) {
        scale(graph, node);
      } else {
        graph.add(node);
      }
    }
  }

  private static void scale(GraphEditor graph, Node node) {
    Value numbers = node.input(0);
    if (node.inputs().size() > 2 && !node.input(2).name().isEmpty()) {
      Value zero =
          graph.node("Cast", node.input(2)).with("to", (long) ElementType.FLOAT.code()).output();
      numbers = graph.op("Sub", numbers, zero);
    }
    graph.add(graph.node("Mul", numbers, node.input(1)).into(node.outputs()));
  }

  /** Returns the model with the given inputs taking floats. */
  static OnnxModel asFloats(
      OnnxModel model, Map<String, ElementType> integers, List<String> notes) {
    if (integers.isEmpty()) {
      return model;
    }
    GraphEditor graph = GraphEditor.of(model);
    graph.replaceInputs(
        input ->
            integers.containsKey(input.name())
                ? new TensorInfo(input.name(), ElementType.FLOAT, input.shape())
                : input);
    writeOut(graph, integers);
    integers.forEach(
        (name, type) ->
            notes.add(
                "The input '"
                    + name
                    + "' took whole numbers ("
                    + type
                    + ") and made floats of them at once; it takes floats now, which need not be"
                    + " whole."));
    return graph.build(model.name());
  }
}
