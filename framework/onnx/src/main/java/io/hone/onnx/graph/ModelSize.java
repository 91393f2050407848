package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** Adds up the bytes of a model's weights, those in files beside it included. */
final class ModelSize extends ProtoMapping {
  /** What protobuf can hold, less room for everything that is no weight. */
  static final long LIMIT = Integer.MAX_VALUE - (16L << 20);

  private long bytes;

  private ModelSize() {}

  /**
   * Checks that a model fits into one protobuf message.
   *
   * @throws OnnxFormatException if it does not
   */
  static void check(ModelProto model, String name) {
    ModelSize size = new ModelSize();
    size.apply(model);
    if (size.bytes > LIMIT) {
      throw new OnnxFormatException(
          name
              + ": the weights take "
              + (size.bytes >> 20)
              + " MB, but a model that is run from memory holds at most "
              + (LIMIT >> 20)
              + " MB; use a smaller variant of the network");
    }
  }

  /**
   * Returns the bytes of a tensor's content by its shape and type.
   *
   * @throws OnnxFormatException if the shape or type is impossible
   */
  static long of(TensorProto tensor) {
    long elements = 1;
    for (long size : tensor.getDimsList()) {
      if (size < 0) {
        throw new OnnxFormatException(
            "constant '" + tensor.getName() + "' has the negative size " + size);
      }
      try {
        elements = Math.multiplyExact(elements, size);
      } catch (ArithmeticException e) {
        throw new OnnxFormatException(
            "constant '" + tensor.getName() + "' has the impossible shape " + tensor.getDimsList(),
            e);
      }
    }
    int bits = bits(tensor.getDataType());
    if (bits == 0 || elements > Long.MAX_VALUE / bits) {
      throw new OnnxFormatException(
          "constant '"
              + tensor.getName()
              + "' of shape "
              + tensor.getDimsList()
              + " and ONNX's type number "
              + tensor.getDataType()
              + " cannot be in a file beside the model");
    }
    return (elements * bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Returns the bits of an element, 0 for types whose elements differ in size. */
  private static int bits(int type) {
    return switch (type) {
      case DataType.BOOL_VALUE,
          DataType.UINT8_VALUE,
          DataType.INT8_VALUE,
          DataType.FLOAT8E4M3FN_VALUE,
          DataType.FLOAT8E4M3FNUZ_VALUE,
          DataType.FLOAT8E5M2_VALUE,
          DataType.FLOAT8E5M2FNUZ_VALUE ->
          8;
      case DataType.UINT16_VALUE,
          DataType.INT16_VALUE,
          DataType.FLOAT16_VALUE,
          DataType.BFLOAT16_VALUE ->
          16;
      case DataType.FLOAT_VALUE, DataType.INT32_VALUE, DataType.UINT32_VALUE -> 32;
      case DataType.DOUBLE_VALUE,
          DataType.INT64_VALUE,
          DataType.UINT64_VALUE,
          DataType.COMPLEX64_VALUE ->
          64;
      case DataType.COMPLEX128_VALUE -> 128;
      case DataType.UINT4_VALUE, DataType.INT4_VALUE -> 4;
      default -> 0;
    };
  }

  @Override
  protected TensorProto tensor(TensorProto tensor) {
    boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    long size = external ? of(tensor) : tensor.getSerializedSize();
    bytes = size > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + size;
    return tensor;
  }
}
