package io.hone.onnx.canonical;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.ProtoMapping;
import io.hone.onnx.graph.TensorInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a model compute in single precision wherever it computes in half or double precision:
 * constants, casts, inputs, outputs, and what operators are told to make.
 */
final class SinglePrecision extends ProtoMapping {
  /** Attributes that name a type, with the operators that have them. */
  private static final Set<String> TYPE_ATTRIBUTES =
      Set.of("to", "dtype", "output_datatype", "stash_type", "softmax_precision");

  private final Narrowing narrowing = new Narrowing();
  private final Set<ElementType> found = EnumSet.noneOf(ElementType.class);

  private SinglePrecision() {}

  /**
   * Returns the model in single precision; the model itself where it is so already.
   *
   * @throws io.hone.onnx.graph.OnnxFormatException if a constant is beyond single precision
   */
  static OnnxModel of(OnnxModel model, List<String> notes) {
    SinglePrecision precision = new SinglePrecision();
    ModelProto proto = precision.apply(model.toProto());
    if (precision.found.isEmpty()) {
      return model;
    }
    notes.add(precision.note(model));
    if (precision.narrowing.hasVanished()) {
      notes.add(
          "Some constants hold numbers so small that they are 0 in single precision: where the"
              + " model guards a division or a logarithm with one, it no longer does.");
    }
    return OnnxModel.of(proto, model.name());
  }

  private String note(OnnxModel model) {
    String types = found.stream().map(SinglePrecision::word).collect(Collectors.joining(" and "));
    boolean ports =
        Stream.concat(model.inputs().stream(), model.outputs().stream())
            .map(TensorInfo::type)
            .anyMatch(found::contains);
    return ports
        ? "The model was " + types + "; it is computed in float32."
        : "Parts of the model were " + types + "; all of it is computed in float32.";
  }

  private static String word(ElementType type) {
    return switch (type) {
      case FLOAT16 -> "float16";
      case BFLOAT16 -> "bfloat16";
      default -> "float64";
    };
  }

  private boolean changes(int code) {
    ElementType type = ElementType.of(code);
    boolean changes = type.isFloating() && type != ElementType.FLOAT;
    if (changes) {
      found.add(type);
    }
    return changes;
  }

  @Override
  protected TensorProto tensor(TensorProto tensor) {
    return changes(tensor.getDataType()) ? narrowing.narrow(tensor) : tensor;
  }

  @Override
  protected ValueInfoProto value(ValueInfoProto value) {
    if (!value.hasType()) {
      return value;
    }
    TypeProto type = type(value.getType());
    return type == value.getType() ? value : value.toBuilder().setType(type).build();
  }

  private TypeProto type(TypeProto type) {
    if (type.hasTensorType() && changes(type.getTensorType().getElemType())) {
      TypeProto.Builder changed = type.toBuilder();
      changed.getTensorTypeBuilder().setElemType(ElementType.FLOAT.code());
      return changed.build();
    }
    if (type.hasSequenceType()) {
      TypeProto inner = type(type.getSequenceType().getElemType());
      if (inner != type.getSequenceType().getElemType()) {
        TypeProto.Builder changed = type.toBuilder();
        changed.getSequenceTypeBuilder().setElemType(inner);
        return changed.build();
      }
    }
    if (type.hasOptionalType()) {
      TypeProto inner = type(type.getOptionalType().getElemType());
      if (inner != type.getOptionalType().getElemType()) {
        TypeProto.Builder changed = type.toBuilder();
        changed.getOptionalTypeBuilder().setElemType(inner);
        return changed.build();
      }
    }
    return type;
  }

  @Override
  protected NodeProto node(NodeProto node) {
    NodeProto.Builder changed = null;
    for (int i = 0; i < node.getAttributeCount(); i++) {
      AttributeProto attribute = node.getAttribute(i);
      boolean names =
          attribute.getType() == AttributeProto.AttributeType.INT
              && TYPE_ATTRIBUTES.contains(attribute.getName());
      // Compared as a long: a huge number is no type.
      if (names && attribute.getI() == (int) attribute.getI() && changes((int) attribute.getI())) {
        changed = changed == null ? node.toBuilder() : changed;
        changed.setAttribute(i, attribute.toBuilder().setI(ElementType.FLOAT.code()));
      }
    }
    return changed == null ? node : changed.build();
  }
}
