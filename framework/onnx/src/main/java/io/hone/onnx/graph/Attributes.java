package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;

/** Writes Java values as ONNX attributes: integers, floats, text, lists of them, tensors. */
final class Attributes {
  private Attributes() {}

  static AttributeProto of(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer || value instanceof Long) {
      return attribute.setType(AttributeType.INT).setI(((Number) value).longValue()).build();
    }
    if (value instanceof Float number) {
      return attribute.setType(AttributeType.FLOAT).setF(number).build();
    }
    if (value instanceof String text) {
      return attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text)).build();
    }
    if (value instanceof long[] integers) {
      attribute.setType(AttributeType.INTS);
      for (long integer : integers) {
        attribute.addInts(integer);
      }
      return attribute.build();
    }
    if (value instanceof float[] numbers) {
      attribute.setType(AttributeType.FLOATS);
      for (float number : numbers) {
        attribute.addFloats(number);
      }
      return attribute.build();
    }
    if (value instanceof ConstantTensor tensor) {
      return attribute.setType(AttributeType.TENSOR).setT(tensor.toProto("")).build();
    }
    throw new IllegalArgumentException(
        "attribute " + name + " cannot be a " + value.getClass().getSimpleName());
  }
}
