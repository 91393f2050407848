package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Name, type and shape of a model's input or output.
 *
 * @param name of the value
 * @param type of its elements
 * @param shape empty where the model does not even tell the rank
 */
public record TensorInfo(String name, ElementType type, Optional<Shape> shape) {
  static TensorInfo of(ValueInfoProto proto) {
    if (!proto.hasType() || !proto.getType().hasTensorType()) {
      return new TensorInfo(
          proto.getName(),
          proto.hasType() ? ElementType.OTHER : ElementType.UNDEFINED,
          Optional.empty());
    }
    TypeProto.Tensor tensor = proto.getType().getTensorType();
    return new TensorInfo(
        proto.getName(),
        ElementType.of(tensor.getElemType()),
        tensor.hasShape() ? Optional.of(shape(tensor.getShape())) : Optional.empty());
  }

  private static Shape shape(TensorShapeProto proto) {
    List<Dimension> dimensions = new ArrayList<>();
    for (TensorShapeProto.Dimension dimension : proto.getDimList()) {
      // Exporters write 0 or -1 where they mean "any".
      if (dimension.hasDimValue() && dimension.getDimValue() > 0) {
        dimensions.add(Dimension.of(dimension.getDimValue()));
      } else if (dimension.hasDimParam() && !dimension.getDimParam().isEmpty()) {
        dimensions.add(Dimension.named(dimension.getDimParam()));
      } else {
        dimensions.add(Dimension.UNKNOWN);
      }
    }
    return new Shape(dimensions);
  }

  ValueInfoProto toProto() {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.code());
    shape.ifPresent(
        known -> {
          TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
          for (Dimension dimension : known.dimensions()) {
            TensorShapeProto.Dimension.Builder proto = dimensions.addDimBuilder();
            if (dimension instanceof Dimension.Fixed fixed) {
              proto.setDimValue(fixed.value());
            } else if (dimension instanceof Dimension.Symbolic symbolic) {
              proto.setDimParam(symbolic.name());
            }
          }
          tensor.setShape(dimensions);
        });
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Returns a copy with another shape. */
  public TensorInfo withShape(Shape changed) {
    return new TensorInfo(name, type, Optional.of(changed));
  }

  /** Returns a copy with another name. */
  public TensorInfo named(String changed) {
    return new TensorInfo(changed, type, shape);
  }

  @Override
  public String toString() {
    return name + ": " + type + " " + shape.map(Shape::toString).orElse("of unknown shape");
  }
}
