package io.hone.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A tensor whose content is in the model. Immutable. */
public final class ConstantTensor {
  private final TensorProto proto;

  private ConstantTensor(TensorProto proto) {
    this.proto = proto;
  }

  /**
   * Wraps ONNX's form of a tensor.
   *
   * @throws OnnxFormatException if the content does not match the shape
   */
  public static ConstantTensor of(TensorProto proto) {
    ConstantTensor tensor = new ConstantTensor(proto);
    tensor.check();
    return tensor;
  }

  /** Returns a float tensor of the given content in row-major order. */
  public static ConstantTensor floats(float[] content, long... sizes) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(content.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(content);
    return of(raw(ElementType.FLOAT, sizes, bytes));
  }

  /** Returns a 64-bit integer tensor of the given content in row-major order. */
  public static ConstantTensor longs(long[] content, long... sizes) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(content.length, Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(content);
    return of(raw(ElementType.INT64, sizes, bytes));
  }

  /** Returns a float of rank 0. */
  public static ConstantTensor scalar(float number) {
    return floats(new float[] {number});
  }

  /** Returns a list of 64-bit integers, as ONNX takes axes, pads and shapes. */
  public static ConstantTensor list(long... content) {
    return longs(content, content.length);
  }

  private static TensorProto raw(ElementType type, long[] sizes, ByteBuffer bytes) {
    TensorProto.Builder builder =
        TensorProto.newBuilder()
            .setDataType(type.code())
            .setRawData(ByteString.copyFrom(bytes.array()));
    for (long size : sizes) {
      builder.addDims(size);
    }
    return builder.build();
  }

  private void check() {
    long elements = 1;
    for (long size : proto.getDimsList()) {
      if (size < 0) {
        throw new OnnxFormatException(
            "constant '" + proto.getName() + "' has the negative size " + size);
      }
      try {
        elements = Math.multiplyExact(elements, size);
      } catch (ArithmeticException e) {
        throw new OnnxFormatException(
            "constant '" + proto.getName() + "' has the impossible shape " + proto.getDimsList(),
            e);
      }
    }
    if (isExternal()) {
      return;
    }
    long stored =
        switch (type()) {
          case FLOAT -> stored(proto.getFloatDataCount(), Float.BYTES);
          case DOUBLE -> stored(proto.getDoubleDataCount(), Double.BYTES);
          case INT64 -> stored(proto.getInt64DataCount(), Long.BYTES);
          case INT32 -> stored(proto.getInt32DataCount(), Integer.BYTES);
          case BOOL, UINT8, INT8 -> stored(proto.getInt32DataCount(), 1);
          case FLOAT16, BFLOAT16, INT16, UINT16 -> stored(proto.getInt32DataCount(), Short.BYTES);
          case UINT32 -> stored(proto.getUint64DataCount(), Integer.BYTES);
          case UINT64 -> stored(proto.getUint64DataCount(), Long.BYTES);
          default -> elements;
        };
    if (stored != elements) {
      throw new OnnxFormatException(
          "constant '"
              + proto.getName()
              + "' of shape "
              + proto.getDimsList()
              + " needs "
              + elements
              + " elements but holds "
              + stored);
    }
  }

  private long stored(int typed, int width) {
    return proto.hasRawData() ? proto.getRawData().size() / width : typed;
  }

  /** Returns the type of the elements. */
  public ElementType type() {
    return ElementType.of(proto.getDataType());
  }

  /** Returns the shape. */
  public Shape shape() {
    return Shape.of(proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
  }

  /** Returns whether the content is in a file beside the model. */
  public boolean isExternal() {
    return proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  /**
   * Returns the content as floats.
   *
   * @throws OnnxFormatException if it is neither float nor double
   */
  public float[] toFloats() {
    ElementType type = type();
    if (type == ElementType.FLOAT) {
      if (!proto.hasRawData()) {
        return floats(proto.getFloatDataList());
      }
      float[] content = new float[proto.getRawData().size() / Float.BYTES];
      raw().asFloatBuffer().get(content);
      return content;
    }
    if (type == ElementType.DOUBLE) {
      double[] content =
          proto.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray();
      if (proto.hasRawData()) {
        content = new double[proto.getRawData().size() / Double.BYTES];
        raw().asDoubleBuffer().get(content);
      }
      float[] narrowed = new float[content.length];
      for (int i = 0; i < content.length; i++) {
        narrowed[i] = (float) content[i];
      }
      return narrowed;
    }
    throw new OnnxFormatException(
        "constant '" + proto.getName() + "' holds " + type + " where numbers are needed");
  }

  private static float[] floats(List<Float> list) {
    float[] content = new float[list.size()];
    for (int i = 0; i < content.length; i++) {
      content[i] = list.get(i);
    }
    return content;
  }

  /**
   * Returns the content as 64-bit integers.
   *
   * @throws OnnxFormatException if it is neither an integer of 32 or 64 bits nor a truth value
   */
  public long[] toLongs() {
    ElementType type = type();
    if (type == ElementType.INT64) {
      if (!proto.hasRawData()) {
        return proto.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
      }
      long[] content = new long[proto.getRawData().size() / Long.BYTES];
      raw().asLongBuffer().get(content);
      return content;
    }
    if (type == ElementType.INT32) {
      if (!proto.hasRawData()) {
        return proto.getInt32DataList().stream().mapToLong(Integer::longValue).toArray();
      }
      int[] content = new int[proto.getRawData().size() / Integer.BYTES];
      raw().asIntBuffer().get(content);
      return Arrays.stream(content).asLongStream().toArray();
    }
    if (type == ElementType.BOOL) {
      if (!proto.hasRawData()) {
        return proto.getInt32DataList().stream().mapToLong(Integer::longValue).toArray();
      }
      ByteString content = proto.getRawData();
      return IntStream.range(0, content.size()).mapToLong(content::byteAt).toArray();
    }
    throw new OnnxFormatException(
        "constant '" + proto.getName() + "' holds " + type + " where integers are needed");
  }

  /**
   * Returns the content as it would be in {@code raw_data}: little endian, row-major.
   *
   * @throws OnnxFormatException if it is text, or is in a file beside the model
   */
  public byte[] toRaw() {
    if (isExternal() || type() == ElementType.STRING) {
      throw new OnnxFormatException(
          "the content of the constant '" + proto.getName() + "' is not at hand as numbers");
    }
    if (proto.hasRawData()) {
      return proto.getRawData().toByteArray();
    }
    int width = (int) (ModelSize.of(proto) / Math.max(1, shape().elements()));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(ModelSize.of(proto))).order(ByteOrder.LITTLE_ENDIAN);
    switch (type()) {
      case FLOAT -> proto.getFloatDataList().forEach(bytes::putFloat);
      case DOUBLE -> proto.getDoubleDataList().forEach(bytes::putDouble);
      case INT64 -> proto.getInt64DataList().forEach(bytes::putLong);
      case UINT64 -> proto.getUint64DataList().forEach(bytes::putLong);
      case UINT32 -> proto.getUint64DataList().forEach(number -> bytes.putInt(number.intValue()));
      case INT32 -> proto.getInt32DataList().forEach(bytes::putInt);
      default -> {
        for (int number : proto.getInt32DataList()) {
          if (width == Short.BYTES) {
            bytes.putShort((short) number);
          } else {
            bytes.put((byte) number);
          }
        }
      }
    }
    return bytes.array();
  }

  private ByteBuffer raw() {
    return proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns ONNX's form, under the given name. */
  public TensorProto toProto(String name) {
    return name.equals(proto.getName()) ? proto : proto.toBuilder().setName(name).build();
  }
}
