package io.hone.onnx.canonical;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Brings the numbers of a constant to single precision. */
final class Narrowing {
  /** Where the exponent of half precision is in single precision. */
  private static final int HALF_BIAS = 127 - 15;

  private boolean vanished;

  /** Returns whether a number that was not 0 is 0 now. */
  boolean hasVanished() {
    return vanished;
  }

  /**
   * Returns a constant in single precision.
   *
   * @throws OnnxFormatException if a number is beyond its range, or the content is not at hand
   */
  TensorProto narrow(TensorProto proto) {
    ConstantTensor constant = ConstantTensor.of(proto);
    ElementType type = constant.type();
    ByteBuffer stored = ByteBuffer.wrap(constant.toRaw()).order(ByteOrder.LITTLE_ENDIAN);
    int count = stored.remaining() / (type == ElementType.DOUBLE ? Double.BYTES : Short.BYTES);
    byte[] content = new byte[Math.multiplyExact(count, Float.BYTES)];
    ByteBuffer narrowed = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      narrowed.putFloat(
          switch (type) {
            case DOUBLE -> single(stored.getDouble(), proto.getName());
            case FLOAT16 -> half(stored.getShort());
            default -> Float.intBitsToFloat(stored.getShort() << Short.SIZE);
          });
    }
    return TensorProto.newBuilder()
        .setName(proto.getName())
        .setDataType(ElementType.FLOAT.code())
        .addAllDims(proto.getDimsList())
        .setRawData(UnsafeByteOperations.unsafeWrap(content))
        .build();
  }

  private float single(double number, String name) {
    float narrowed = (float) number;
    if (Float.isInfinite(narrowed) && !Double.isInfinite(number)) {
      // The largest number of its type stands for "no bound": it stays the largest one.
      if (Math.abs(number) == Double.MAX_VALUE) {
        return Math.copySign(Float.MAX_VALUE, narrowed);
      }
      throw new OnnxFormatException(
          "the constant '"
              + name
              + "' holds "
              + number
              + ", which single precision cannot hold; Hone computes in single precision, so export"
              + " the model in it");
    }
    vanished |= narrowed == 0 && number != 0;
    return narrowed;
  }

  /** IEEE's half precision, from its sign, 5 bits of exponent and 10 bits of fraction. */
  static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
    }
    int wide = exponent == 0x1f ? 0xff : exponent + HALF_BIAS;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
