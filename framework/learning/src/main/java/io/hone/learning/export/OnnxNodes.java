package io.hone.learning.export;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Collects the nodes and constants of an ONNX graph. */
final class OnnxNodes {
  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder();

  OnnxMl.GraphProto.Builder graph() {
    return graph;
  }

  /** Adds a node with one output and returns that output's name. */
  String node(String operator, String output, List<String> inputs, OnnxMl.AttributeProto... all) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setName(output)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(all)));
    return output;
  }

  /** Adds a constant, a single number without a shape, and returns its name. */
  String floats(String name, float[] values, long... shape) {
    ByteBuffer raw = buffer(values.length * Float.BYTES);
    raw.asFloatBuffer().put(values);
    return constant(name, OnnxMl.TensorProto.DataType.FLOAT, raw, shape);
  }

  /** Adds a constant of whole numbers in a row, and returns its name. */
  String integers(String name, long... values) {
    ByteBuffer raw = buffer(values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    return constant(name, OnnxMl.TensorProto.DataType.INT64, raw, values.length);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(
      String name, OnnxMl.TensorProto.DataType type, ByteBuffer raw, long... shape) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(raw));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Returns what a value is computed of, if its node has an operator and one input. */
  Optional<String> inputOf(String operator, String value) {
    return graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals(operator) && node.getOutputList().contains(value))
        .map(node -> node.getInput(0))
        .findFirst();
  }

  static OnnxMl.AttributeProto number(String name, float value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static OnnxMl.AttributeProto sizes(String name, long... values) {
    OnnxMl.AttributeProto.Builder attribute =
        OnnxMl.AttributeProto.newBuilder()
            .setName(name)
            .setType(OnnxMl.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static OnnxMl.AttributeProto integer(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static OnnxMl.AttributeProto text(String name, String value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }
}
