package io.hone.onnx.opset;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.ArrayList;
import java.util.List;

/**
 * Every change of form between opset 7 and {@value OpsetRaiser#OPSET} that keeps the operator's
 * meaning only if the node is rewritten. Source: the changelog of the ONNX operators.
 */
final class OpsetChanges {
  private OpsetChanges() {}

  /** Returns the changes up to the target opset. */
  static List<OpsetChange> upward() {
    List<OpsetChange> changes = new ArrayList<>();
    changes.add(new OpsetChange("BatchNormalization", 9, OpsetChanges::perActivation));
    changes.add(new OpsetChange("BatchNormalization", 14, OpsetChanges::firstOutput));
    changes.add(new OpsetChange("Clip", 11, OpsetChanges::clip));
    changes.add(new OpsetChange("Dropout", 10, OpsetChanges::dropoutMask));
    changes.add(new OpsetChange("Dropout", 12, (node, graph) -> node.without("ratio")));
    changes.add(new OpsetChange("Pad", 11, OpsetChanges::pad));
    changes.add(new OpsetChange("Resize", 11, OpsetChanges::resize));
    changes.add(new OpsetChange("Resize", 13, OpsetChanges::refuseTensorFlowHalfPixel));
    changes.add(new OpsetChange("RoiAlign", 16, OpsetChanges::roiAlign));
    changes.add(
        new OpsetChange("Scatter", 11, (node, graph) -> node.withOperator("ScatterElements")));
    changes.add(new OpsetChange("Scan", 9, OpsetChanges::refuseBatchedScan));
    changes.add(new OpsetChange("Slice", 10, OpsetChanges::slice));
    changes.add(new OpsetChange("Split", 13, (node, graph) -> toInput(node, graph, "split", 1)));
    changes.add(new OpsetChange("Split", 18, OpsetChanges::evenSplit));
    changes.add(new OpsetChange("TopK", 10, OpsetChanges::topK));
    changes.add(
        new OpsetChange("Upsample", 9, (node, graph) -> numbersToInput(node, graph, "scales", 1)));
    changes.add(new OpsetChange("Upsample", 10, (node, graph) -> node.withOperator("Resize")));
    for (String operator : List.of("ReduceSum", "Squeeze", "Unsqueeze")) {
      changes.add(new OpsetChange(operator, 13, (node, graph) -> toInput(node, graph, "axes", 1)));
    }
    for (String operator : OperatorTrait.REDUCING.operators()) {
      if (!operator.equals("ReduceSum")) {
        changes.add(
            new OpsetChange(operator, 18, (node, graph) -> toInput(node, graph, "axes", 1)));
      }
    }
    for (String operator : List.of("Softmax", "LogSoftmax", "Hardmax")) {
      changes.add(new OpsetChange(operator, 13, OpsetChanges::flattenedSoftmax));
    }
    return changes;
  }

  /** Writes a node of a newer opset in the target's form. */
  static Node lower(Node node, GraphEditor graph, int opset) {
    if (OperatorTrait.NEWER.isOf(node.operator())) {
      throw new OpsetException(
          "the "
              + node.describe()
              + " is of opset "
              + opset
              + " and has no equal in opset "
              + OpsetRaiser.OPSET
              + "; export the model with opset "
              + OpsetRaiser.OPSET);
    }
    return switch (node.operator()) {
      case "Attention" -> ComposedAttention.lower(node, graph, opset);
      case "AffineGrid" -> LoweredAffineGrid.lower(node, graph);
      case "AveragePool" -> DilatedAveragePool.lower(node, graph, opset);
      case "GridSample" -> gridSample(node);
      case "Cast" -> node.without("saturate");
      case "DequantizeLinear", "QuantizeLinear" -> Quantizations.lower(node, graph, opset);
      default -> node;
    };
  }

  private static Node gridSample(Node node) {
    return switch (node.text("mode", "linear")) {
      case "linear" -> node.with("mode", "bilinear");
      case "cubic" -> node.with("mode", "bicubic");
      default -> node;
    };
  }

  private static Node toInput(Node node, GraphEditor graph, String attribute, int index) {
    return node.integers(attribute)
        .map(list -> withInput(node.without(attribute), index, graph.list(list)))
        .orElse(node);
  }

  private static Node numbersToInput(Node node, GraphEditor graph, String attribute, int index) {
    return node.numbers(attribute)
        .map(
            list ->
                withInput(
                    node.without(attribute),
                    index,
                    graph.constant(attribute, ConstantTensor.floats(list, list.length))))
        .orElse(node);
  }

  private static Node withInput(Node node, int index, Value value) {
    List<Value> inputs = new ArrayList<>(node.inputs());
    while (inputs.size() <= index) {
      inputs.add(Value.NONE);
    }
    inputs.set(index, value);
    return node.withInputs(inputs);
  }

  private static Node clip(Node node, GraphEditor graph) {
    Node changed = node.without("min", "max");
    if (node.has("min")) {
      changed = withInput(changed, 1, graph.scalar(node.number("min", 0)));
    }
    if (node.has("max")) {
      changed = withInput(changed, 2, graph.scalar(node.number("max", 0)));
    }
    return changed;
  }

  private static Node pad(Node node, GraphEditor graph) {
    return withInput(
        toInput(node, graph, "pads", 1).without("value"), 2, graph.scalar(node.number("value", 0)));
  }

  private static Node slice(Node node, GraphEditor graph) {
    return toInput(toInput(toInput(node, graph, "starts", 1), graph, "ends", 2), graph, "axes", 3);
  }

  private static Node topK(Node node, GraphEditor graph) {
    return withInput(node.without("k"), 1, graph.list(node.integer("k", 1)));
  }

  private static Node evenSplit(Node node, GraphEditor graph) {
    return node.input(1).isAbsent() ? node.with("num_outputs", node.outputs().size()) : node;
  }

  private static Node roiAlign(Node node, GraphEditor graph) {
    return node.has("coordinate_transformation_mode")
        ? node
        : node.with("coordinate_transformation_mode", "output_half_pixel");
  }

  /** Resize of opset 10 knew one rule: asymmetric coordinates, rounded down. */
  private static Node resize(Node node, GraphEditor graph) {
    return node.withInputs(List.of(node.input(0), Value.NONE, node.input(1)))
        .with("coordinate_transformation_mode", "asymmetric")
        .with("nearest_mode", "floor");
  }

  private static Node refuseTensorFlowHalfPixel(Node node, GraphEditor graph) {
    if (node.text("coordinate_transformation_mode", "").equals("tf_half_pixel_for_nn")) {
      throw new OpsetException(
          "the "
              + node.describe()
              + " uses tf_half_pixel_for_nn, which opset 13 removed; export the model with opset 13"
              + " or later");
    }
    return node;
  }

  private static Node refuseBatchedScan(Node node, GraphEditor graph) {
    throw new OpsetException(
        "the "
            + node.describe()
            + " runs over a batch, which opset 9 removed; export the model with opset 9 or later");
  }

  /** Until opset 12 a softmax ran over everything from its axis on, as one row. */
  private static Node flattenedSoftmax(Node node, GraphEditor graph) {
    long axis = node.integer("axis", 1);
    if (axis == -1) {
      return node;
    }
    Value flat = graph.node("Flatten", node.input(0)).with("axis", axis).output();
    Value result = graph.node(node.operator(), flat).with("axis", -1).output();
    return graph.node("Reshape", result, graph.op("Shape", node.input(0))).into(node.outputs());
  }

  /** With {@code spatial = 0} every activation had statistics of its own. */
  private static Node perActivation(Node node, GraphEditor graph) {
    if (node.integer("spatial", 1) != 0) {
      return node.without("spatial");
    }
    Value centred = graph.op("Sub", node.input(0), node.input(3));
    Value variance = graph.op("Add", node.input(4), graph.scalar(node.number("epsilon", 1e-5f)));
    Value factor = graph.op("Div", node.input(1), graph.op("Sqrt", variance));
    return graph
        .node("Add", graph.op("Mul", centred, factor), node.input(2))
        .into(List.of(node.output(0)));
  }

  /** Further outputs were running statistics of training, which nothing reads at inference. */
  private static Node firstOutput(Node node, GraphEditor graph) {
    return node.operator().equals("BatchNormalization")
        ? node.withOutputs(List.of(node.output(0)))
        : node;
  }

  /** Until opset 9 the mask had the type of the data. */
  private static Node dropoutMask(Node node, GraphEditor graph) {
    Value mask = node.output(1);
    if (mask.isAbsent()) {
      return node;
    }
    Value truth = new Value(graph.freshName("mask"));
    graph.add(node.without("ratio").withOutputs(List.of(node.output(0), truth)));
    return graph.node("Cast", truth).with("to", ElementType.FLOAT.code()).into(List.of(mask));
  }
}
