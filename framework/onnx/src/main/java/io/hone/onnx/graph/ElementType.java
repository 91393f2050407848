package io.hone.onnx.graph;

/** What the elements of a tensor are; {@link #code} is ONNX's {@code TensorProto.DataType}. */
public enum ElementType {
  /** Not known. */
  UNDEFINED(0),
  /** IEEE single precision. */
  FLOAT(1),
  /** Unsigned 8 bits. */
  UINT8(2),
  /** Signed 8 bits. */
  INT8(3),
  /** Unsigned 16 bits. */
  UINT16(4),
  /** Signed 16 bits. */
  INT16(5),
  /** Signed 32 bits. */
  INT32(6),
  /** Signed 64 bits. */
  INT64(7),
  /** Text. */
  STRING(8),
  /** True or false. */
  BOOL(9),
  /** IEEE half precision. */
  FLOAT16(10),
  /** IEEE double precision. */
  DOUBLE(11),
  /** Unsigned 32 bits. */
  UINT32(12),
  /** Unsigned 64 bits. */
  UINT64(13),
  /** Truncated single precision. */
  BFLOAT16(16),
  /** Any of ONNX's rarer types. */
  OTHER(-1);

  private final int code;

  ElementType(int code) {
    this.code = code;
  }

  /** Returns ONNX's number for this type; -1 for {@link #OTHER}. */
  public int code() {
    return code;
  }

  /** Returns whether gradients flow through values of this type. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /** Returns the type with ONNX's number {@code code}. */
  public static ElementType of(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return OTHER;
  }
}
