package io.hone.numpy;

import io.hone.api.stability.Stability;
import java.nio.ByteBuffer;

/** The element types that {@link NumpyArray} reads. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public enum NumpyType {
  /** {@code f2}. */
  FLOAT16("f2", Short.BYTES),
  /** {@code f4}. */
  FLOAT32("f4", Float.BYTES),
  /** {@code f8}; narrowed where it is read as float. */
  FLOAT64("f8", Double.BYTES),
  /** {@code b1}: 0 or 1. */
  BOOL("b1", Byte.BYTES),
  /** {@code i1}. */
  INT8("i1", Byte.BYTES),
  /** {@code i2}. */
  INT16("i2", Short.BYTES),
  /** {@code i4}. */
  INT32("i4", Integer.BYTES),
  /** {@code i8}. */
  INT64("i8", Long.BYTES),
  /** {@code u1}. */
  UINT8("u1", Byte.BYTES),
  /** {@code u2}. */
  UINT16("u2", Short.BYTES),
  /** {@code u4}. */
  UINT32("u4", Integer.BYTES),
  /** {@code u8}; what is beyond the range of long cannot be read as a whole number. */
  UINT64("u8", Long.BYTES);

  private static final double UNSIGNED = 0x1p64;
  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_LARGEST_EXPONENT = 31;
  private static final int HALF_BIAS = 15;

  private final String code;
  private final int bytes;

  NumpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Returns NumPy's code without the byte order, such as {@code f4}. */
  public String code() {
    return code;
  }

  /** Returns the size of one value in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether values may have a fraction. */
  public boolean floating() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** Returns the value at a byte position as a float, rounded where float cannot hold it. */
  float floatAt(ByteBuffer buffer, int position) {
    return switch (this) {
      case FLOAT16 -> half(buffer.getShort(position));
      case FLOAT32 -> buffer.getFloat(position);
      case FLOAT64 -> (float) buffer.getDouble(position);
      case UINT64 -> {
        long bits = buffer.getLong(position);
        yield (float) (bits < 0 ? bits + UNSIGNED : bits);
      }
      default -> longAt(buffer, position);
    };
  }

  /** Returns the value of a number of 16 bits (IEEE 754 binary16); a float holds each exactly. */
  private static float half(short bits) {
    int exponent = bits >> HALF_FRACTION_BITS & HALF_LARGEST_EXPONENT;
    int fraction = bits & (1 << HALF_FRACTION_BITS) - 1;
    float size;
    if (exponent == HALF_LARGEST_EXPONENT) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((float) fraction, 1 - HALF_BIAS - HALF_FRACTION_BITS);
    } else {
      size =
          Math.scalb(
              (float) (fraction + (1 << HALF_FRACTION_BITS)),
              exponent - HALF_BIAS - HALF_FRACTION_BITS);
    }
    return bits < 0 ? -size : size;
  }

  /**
   * Returns the value at a byte position of a type that has no fraction; one of {@code u8} beyond
   * the range of long comes out negative.
   */
  long longAt(ByteBuffer buffer, int position) {
    return switch (this) {
      case FLOAT16, FLOAT32, FLOAT64 ->
          throw new IllegalStateException(code + " values are not integers");
      case BOOL -> buffer.get(position) == 0 ? 0 : 1;
      case INT8 -> buffer.get(position);
      case INT16 -> buffer.getShort(position);
      case INT32 -> buffer.getInt(position);
      case INT64, UINT64 -> buffer.getLong(position);
      case UINT8 -> Byte.toUnsignedLong(buffer.get(position));
      case UINT16 -> Short.toUnsignedLong(buffer.getShort(position));
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt(position));
    };
  }
}
