package io.hone.onnx.folding;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads and writes the elements of constants in ONNX's form. */
final class ContentFormat {
  private ContentFormat() {}

  static Content read(ConstantTensor tensor) {
    long[] sizes = tensor.shape().sizes();
    TensorProto proto = tensor.toProto("");
    int count = Content.count(sizes);
    ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean packed = proto.hasRawData();
    if (tensor.type().isFloating()) {
      double[] numbers = new double[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = packed ? number(raw, tensor.type()) : number(proto, i);
      }
      return Content.numbers(tensor.type(), sizes, numbers);
    }
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      integers[i] = packed ? integer(raw, tensor.type()) : integer(proto, i);
    }
    return Content.integers(tensor.type(), sizes, integers);
  }

  private static double number(ByteBuffer raw, ElementType type) {
    return type == ElementType.FLOAT ? raw.getFloat() : raw.getDouble();
  }

  private static double number(TensorProto proto, int index) {
    return proto.getFloatDataCount() > 0 ? proto.getFloatData(index) : proto.getDoubleData(index);
  }

  private static long integer(ByteBuffer raw, ElementType type) {
    return switch (type) {
      case INT64 -> raw.getLong();
      case INT32 -> raw.getInt();
      default -> raw.get();
    };
  }

  private static long integer(TensorProto proto, int index) {
    return proto.getInt64DataCount() > 0 ? proto.getInt64Data(index) : proto.getInt32Data(index);
  }

  static ConstantTensor write(Content content) {
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(content.count(), Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < content.count(); i++) {
      switch (content.type()) {
        case FLOAT -> raw.putFloat((float) content.number(i));
        case DOUBLE -> raw.putDouble(content.number(i));
        case INT64 -> raw.putLong(content.integer(i));
        case INT32 -> raw.putInt((int) content.integer(i));
        default -> raw.put((byte) content.integer(i));
      }
    }
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setDataType(content.type().code())
            .setRawData(ByteString.copyFrom(raw.flip()));
    for (long size : content.sizes()) {
      proto.addDims(size);
    }
    return ConstantTensor.of(proto.build());
  }
}
