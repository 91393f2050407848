package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.support.Array;
import java.util.Arrays;

/**
 * A tensor in double precision, row by row.
 *
 * @param content whole numbers where the type is an integer, 0 or 1 where it is BOOL
 * @param shape one size per axis
 * @param type what the elements stand for
 */
public record DoubleTensor(double[] content, int[] shape, ElementType type) {
  /** Checks that content and shape fit. */
  public DoubleTensor {
    if (content.length != count(shape)) {
      throw new IllegalArgumentException(
          content.length + " elements do not fill " + Arrays.toString(shape));
    }
  }

  /** Returns a float tensor. */
  public static DoubleTensor of(double[] content, int... shape) {
    return new DoubleTensor(content, shape, ElementType.FLOAT);
  }

  /** Returns a list of 64-bit integers. */
  static DoubleTensor integers(int... list) {
    double[] content = Arrays.stream(list).asDoubleStream().toArray();
    return new DoubleTensor(content, new int[] {list.length}, ElementType.INT64);
  }

  /** Returns the same numbers in double precision. */
  public static DoubleTensor of(Array array) {
    return of(widened(array.content()), narrowed(array.shape()));
  }

  static DoubleTensor of(ConstantTensor constant) {
    double[] content =
        constant.type().isFloating()
            ? widened(constant.toFloats())
            : Arrays.stream(constant.toLongs()).asDoubleStream().toArray();
    return new DoubleTensor(content, narrowed(constant.shape().sizes()), constant.type());
  }

  private static double[] widened(float[] content) {
    double[] wide = new double[content.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = content[i];
    }
    return wide;
  }

  static int[] narrowed(long[] sizes) {
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  static int count(int... sizes) {
    return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
  }

  int rank() {
    return shape.length;
  }

  boolean isFloating() {
    return type.isFloating();
  }

  /** Returns the distance of neighbours along each axis. */
  int[] strides() {
    int[] strides = new int[rank()];
    int stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  /**
   * Returns the strides with which this is read where it is broadcast to a shape: 0 where it
   * repeats.
   */
  int[] stridesWithin(int[] wide) {
    int[] own = strides();
    int[] strides = new int[wide.length];
    int lead = wide.length - rank();
    for (int axis = 0; axis < rank(); axis++) {
      strides[lead + axis] = shape[axis] == 1 ? 0 : own[axis];
    }
    return strides;
  }

  long[] longs() {
    return Arrays.stream(content).mapToLong(number -> (long) number).toArray();
  }

  int[] ints() {
    return Arrays.stream(content).mapToInt(number -> (int) number).toArray();
  }

  DoubleTensor reshaped(int... sizes) {
    return new DoubleTensor(content, sizes, type);
  }

  DoubleTensor as(ElementType other) {
    return new DoubleTensor(content, shape, other);
  }

  /** Returns a tensor whose element i is this one's element {@code places[i]}. */
  DoubleTensor picked(int[] places, int... sizes) {
    double[] picked = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = content[places[i]];
    }
    return new DoubleTensor(picked, sizes, type);
  }
}
