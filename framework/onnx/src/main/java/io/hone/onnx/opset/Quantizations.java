package io.hone.onnx.opset;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.List;

/** Writes quantisations of newer opsets, which know more types and blocks, in the older form. */
final class Quantizations {
  private Quantizations() {}

  static Node lower(Node node, GraphEditor graph, int opset) {
    if (node.integer("block_size", 0) != 0) {
      throw refusal(node, opset, "works on blocks");
    }
    ElementType type = ElementType.of((int) node.integer("output_dtype", 0));
    Node plain = node.without("saturate", "block_size", "output_dtype", "precision");
    ConstantTensor zero = graph.constantOf(node.input(2));
    if (zero != null && !isByte(zero.type())) {
      throw refusal(node, opset, "quantises to " + zero.type());
    }
    if (node.is("DequantizeLinear") || type == ElementType.UNDEFINED) {
      return plain;
    }
    if (!isByte(type)) {
      throw refusal(node, opset, "quantises to " + type);
    }
    if (!node.input(2).isAbsent() || type == ElementType.UINT8) {
      return plain;
    }
    // The type is that of the zero point, which is shaped as the scale.
    Value shape = graph.op("Shape", node.input(1));
    Value zeros = graph.op("ConstantOfShape", shape);
    Value typed = graph.node("Cast", zeros).with("to", type.code()).output();
    return plain.withInputs(List.of(node.input(0), node.input(1), typed));
  }

  private static boolean isByte(ElementType type) {
    return type == ElementType.INT8 || type == ElementType.UINT8 || type == ElementType.INT32;
  }

  private static OpsetException refusal(Node node, int opset, String reason) {
    return new OpsetException(
        "the "
            + node.describe()
            + " of opset "
            + opset
            + " "
            + reason
            + ", which opset "
            + OpsetRaiser.OPSET
            + " cannot express; quantise to 8 bits, each tensor or each channel as a whole");
  }
}
