package io.hone.onnx.shape;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.operator.OperatorTrait;
import java.util.Map;
import java.util.Optional;

/** Tells the element type of each output of a node. */
final class TypeRules {
  /** Operators whose outputs are of the type of another input than the first. */
  private static final Map<String, Integer> LIKE =
      Map.of(
          "Where", 1,
          "CastLike", 1,
          "DequantizeLinear", 1,
          "OneHot", 2,
          "QLinearConv", 7,
          "QLinearMatMul", 7);

  private TypeRules() {}

  static void follow(Node node, Shapes shapes) {
    if (!node.domain().isEmpty() || OperatorTrait.UNTYPED.isOf(node)) {
      return;
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      int output = i;
      type(node, output, shapes).ifPresent(type -> shapes.tellType(node.output(output), type));
    }
  }

  private static Optional<ElementType> type(Node node, int output, Shapes shapes) {
    String operator = node.operator();
    if (OperatorTrait.GIVES_TRUTHS.isOf(operator)) {
      return Optional.of(ElementType.BOOL);
    }
    if (OperatorTrait.GIVES_INDICES.isOf(operator)) {
      return Optional.of(ElementType.INT64);
    }
    if (output > 0 && OperatorTrait.FINDS_PLACES.isOf(operator)) {
      return Optional.of(ElementType.INT64);
    }
    if (output > 0 && OperatorTrait.DROPS.isOf(operator)) {
      return Optional.of(ElementType.BOOL);
    }
    if (LIKE.containsKey(operator)) {
      return shapes.typeOf(node.input(LIKE.get(operator)));
    }
    return switch (operator) {
      case "Cast" -> named(node, "to", ElementType.UNDEFINED);
      case "Constant" -> constant(node);
      case "ConstantOfShape" ->
          Optional.of(
              node.tensor("value")
                  .map(TensorProto::getDataType)
                  .map(ElementType::of)
                  .orElse(ElementType.FLOAT));
      case "EyeLike", "RandomNormalLike", "RandomUniformLike", "Bernoulli" ->
          node.has("dtype")
              ? named(node, "dtype", ElementType.UNDEFINED)
              : shapes.typeOf(node.input(0));
      case "RandomNormal", "RandomUniform" -> named(node, "dtype", ElementType.FLOAT);
      case "Multinomial" -> named(node, "dtype", ElementType.INT32);
      case "BlackmanWindow", "HammingWindow", "HannWindow", "MelWeightMatrix" ->
          named(node, "output_datatype", ElementType.FLOAT);
      case "ConvInteger", "MatMulInteger" -> Optional.of(ElementType.INT32);
      case "ImageDecoder" -> Optional.of(ElementType.UINT8);
      case "DynamicQuantizeLinear" ->
          Optional.of(output == 1 ? ElementType.FLOAT : ElementType.UINT8);
      case "QuantizeLinear" -> quantized(node, shapes);
      case "BatchNormalization" -> shapes.typeOf(node.input(output == 0 ? 0 : 3));
      case "LayerNormalization" ->
          output == 0 ? shapes.typeOf(node.input(0)) : named(node, "stash_type", ElementType.FLOAT);
      default -> shapes.typeOf(node.input(0));
    };
  }

  private static Optional<ElementType> named(Node node, String attribute, ElementType missing) {
    ElementType type = ElementType.of((int) node.integer(attribute, missing.code()));
    return Optional.of(type).filter(known -> known != ElementType.UNDEFINED);
  }

  private static Optional<ElementType> constant(Node node) {
    if (node.has("value_float") || node.has("value_floats")) {
      return Optional.of(ElementType.FLOAT);
    }
    if (node.has("value_int") || node.has("value_ints")) {
      return Optional.of(ElementType.INT64);
    }
    return node.tensor("value").map(TensorProto::getDataType).map(ElementType::of);
  }

  private static Optional<ElementType> quantized(Node node, Shapes shapes) {
    if (!node.input(2).isAbsent()) {
      return shapes.typeOf(node.input(2));
    }
    return named(node, "output_dtype", ElementType.UNDEFINED)
        .or(() -> Optional.of(ElementType.UINT8));
  }
}
