package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;

/** Writes sparse constants out: those of graphs, and those of Constant nodes. */
final class DenseConstants extends ProtoMapping {
  /** A few bytes can promise any size; no layer of an image classifier comes near this one. */
  private static final long LARGEST = 512L << 20;

  @Override
  protected GraphProto graph(GraphProto graph) {
    if (graph.getSparseInitializerCount() == 0) {
      return graph;
    }
    GraphProto.Builder dense = graph.toBuilder().clearSparseInitializer();
    graph.getSparseInitializerList().forEach(sparse -> dense.addInitializer(dense(sparse)));
    return dense.build();
  }

  @Override
  protected NodeProto node(NodeProto node) {
    if (node.getAttributeList().stream().noneMatch(DenseConstants::isSparseValue)) {
      return node;
    }
    NodeProto.Builder dense = node.toBuilder().clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      dense.addAttribute(
          isSparseValue(attribute)
              ? AttributeProto.newBuilder()
                  .setName("value")
                  .setType(AttributeType.TENSOR)
                  .setT(dense(attribute.getSparseTensor()))
                  .build()
              : attribute);
    }
    return dense.build();
  }

  private static boolean isSparseValue(AttributeProto attribute) {
    return attribute.hasSparseTensor() && attribute.getName().equals("sparse_value");
  }

  private static TensorProto dense(SparseTensorProto sparse) {
    TensorProto values = sparse.getValues();
    String name = "the sparse constant '" + values.getName() + "' of shape " + sparse.getDimsList();
    TensorProto.Builder dense =
        TensorProto.newBuilder()
            .setName(values.getName())
            .setDataType(values.getDataType())
            .addAllDims(sparse.getDimsList());
    long size = ModelSize.of(dense.build());
    if (size > LARGEST) {
      throw new OnnxFormatException(
          name + " takes more than " + (LARGEST >> 20) + " MB when it is written out");
    }
    byte[] content = new byte[(int) size];
    byte[] stored = ConstantTensor.of(values).toRaw();
    long[] places = places(sparse, name);
    long elements = sparse.getDimsList().stream().reduce(1L, Math::multiplyExact);
    int width = elements == 0 ? 0 : (int) (size / elements);
    if (width == 0 ? stored.length > 0 : stored.length != (long) places.length * width) {
      throw new OnnxFormatException(
          name + " has " + places.length + " places for values of " + values.getDimsList());
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0 || places[i] >= elements) {
        throw new OnnxFormatException(name + " has a value at the place " + places[i]);
      }
      System.arraycopy(stored, i * width, content, (int) (places[i] * width), width);
    }
    return dense.setRawData(UnsafeByteOperations.unsafeWrap(content)).build();
  }

  /** Returns where each value is, counted in row-major order. */
  private static long[] places(SparseTensorProto sparse, String name) {
    ConstantTensor indices = ConstantTensor.of(sparse.getIndices());
    long[] content = indices.toLongs();
    int rank = sparse.getDimsCount();
    if (indices.shape().rank() == 1) {
      return content;
    }
    if (indices.shape().rank() != 2 || indices.shape().axis(1).size() != rank) {
      throw new OnnxFormatException(name + " has indices of the shape " + indices.shape());
    }
    long[] places = new long[(int) indices.shape().axis(0).size()];
    for (int i = 0; i < places.length; i++) {
      for (int axis = 0; axis < rank; axis++) {
        long index = content[i * rank + axis];
        long size = sparse.getDims(axis);
        if (index < 0 || index >= size) {
          throw new OnnxFormatException(
              name + " has a value at index " + index + " of the axis " + axis);
        }
        places[i] = places[i] * size + index;
      }
    }
    return places;
  }
}
