package io.hone.onnx.folding;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * The elements of a tensor that is small enough to compute with, in row-major order. Floats and
 * doubles are held as doubles, everything else as 64-bit integers (truth as 0 and 1); both are
 * rounded to their type. Immutable.
 */
public final class Content {
  /** The most elements that are computed with. */
  public static final int LIMIT = 1 << 18;

  private final ElementType type;
  private final long[] sizes;
  private final long[] integers;
  private final double[] numbers;

  private Content(ElementType type, long[] sizes, long[] integers, double[] numbers) {
    this.type = type;
    this.sizes = sizes;
    this.integers = integers;
    this.numbers = numbers;
    int held = integers == null ? numbers.length : integers.length;
    if (held != count(sizes)) {
      throw new IllegalArgumentException("shape and number of elements differ");
    }
  }

  /** Returns a tensor of integers or truth values, cut down to their type. */
  public static Content integers(ElementType type, long[] sizes, long... elements) {
    LongUnaryOperator narrowing = narrowing(type);
    long[] narrowed = new long[elements.length];
    for (int i = 0; i < elements.length; i++) {
      narrowed[i] = narrowing.applyAsLong(elements[i]);
    }
    return new Content(type, sizes.clone(), narrowed, null);
  }

  /** Returns a tensor of floats or doubles, rounded to their type. */
  public static Content numbers(ElementType type, long[] sizes, double... elements) {
    DoubleUnaryOperator rounding = rounding(type);
    double[] rounded = new double[elements.length];
    for (int i = 0; i < elements.length; i++) {
      rounded[i] = rounding.applyAsDouble(elements[i]);
    }
    return new Content(type, sizes.clone(), null, rounded);
  }

  /** Reads a constant; empty where it is too large, is in a file, or is of another type. */
  public static Optional<Content> of(ConstantTensor tensor) {
    return tensor.isExternal()
            || !tensor.shape().isFixed()
            || tensor.shape().elements() > LIMIT
            || !isHeld(tensor.type())
        ? Optional.empty()
        : Optional.of(ContentFormat.read(tensor));
  }

  /** Returns whether elements of a type can be held. */
  public static boolean isHeld(ElementType type) {
    return switch (type) {
      case FLOAT, DOUBLE, INT64, INT32, UINT8, INT8, BOOL -> true;
      default -> false;
    };
  }

  private static LongUnaryOperator narrowing(ElementType type) {
    return switch (type) {
      case INT64 -> value -> value;
      case INT32 -> value -> (int) value;
      case INT8 -> value -> (byte) value;
      case UINT8 -> value -> value & 0xFF;
      case BOOL -> value -> value == 0 ? 0 : 1;
      default -> throw new IllegalArgumentException(type + " holds no integers");
    };
  }

  private static DoubleUnaryOperator rounding(ElementType type) {
    return switch (type) {
      case DOUBLE -> value -> value;
      case FLOAT -> value -> (float) value;
      default -> throw new IllegalArgumentException(type + " holds no fractions");
    };
  }

  /**
   * Returns the number of elements of a shape.
   *
   * @throws ArithmeticException if there are more than {@link #LIMIT}
   */
  static int count(long[] sizes) {
    long count = 1;
    for (long size : sizes) {
      if (size < 0) {
        throw new ArithmeticException("negative size");
      }
      count = Math.multiplyExact(count, size);
    }
    if (count > LIMIT) {
      throw new ArithmeticException("too many elements");
    }
    return (int) count;
  }

  /** Returns the type of the elements. */
  public ElementType type() {
    return type;
  }

  /** Returns the size of each axis. */
  public long[] sizes() {
    return sizes.clone();
  }

  /** Returns the shape. */
  public Shape shape() {
    return Shape.of(sizes);
  }

  /** Returns the number of elements. */
  public int count() {
    return integers == null ? numbers.length : integers.length;
  }

  /** Returns whether the elements are integers or truth values. */
  public boolean isWhole() {
    return integers != null;
  }

  /**
   * Returns an integer or truth value by its place in row-major order.
   *
   * @throws IllegalArgumentException if the elements are fractions
   */
  public long integer(int index) {
    if (integers == null) {
      throw new IllegalArgumentException("fractions where integers are needed");
    }
    return integers[index];
  }

  /** Returns an element by its place in row-major order. */
  public double number(int index) {
    return integers == null ? numbers[index] : integers[index];
  }

  /**
   * Returns all integers in row-major order.
   *
   * @throws IllegalArgumentException if the elements are fractions
   */
  public long[] integers() {
    if (integers == null) {
      throw new IllegalArgumentException("fractions where integers are needed");
    }
    return integers.clone();
  }

  /** Returns the only element, an integer. */
  public long onlyInteger() {
    if (count() != 1) {
      throw new IllegalArgumentException("one element is needed");
    }
    return integer(0);
  }

  /** Returns the content as a constant of a graph. */
  public ConstantTensor toConstant() {
    return ContentFormat.write(this);
  }
}
