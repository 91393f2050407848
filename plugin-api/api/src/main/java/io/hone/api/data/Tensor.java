package io.hone.api.data;

import io.hone.api.stability.Stability;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A dense float32 array whose first axis is the rows of a batch, in direct memory.
 *
 * <p>Images are {@code [N, C, H, W]}, logits {@code [N, K]}. A view made by {@link #rows(int, int)}
 * shares its memory. Reading from several threads is safe, writing to different rows too.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class Tensor {
  private final int[] shape;
  private final int rowSize;
  private final FloatBuffer values;

  private Tensor(int[] shape, int rowSize, FloatBuffer values) {
    this.shape = shape;
    this.rowSize = rowSize;
    this.values = values;
  }

  /** Returns a tensor of zeros; the first size may be 0, the others are positive. */
  public static Tensor zeros(int... shape) {
    int[] copy = shape.clone();
    int rowSize = rowSize(copy);
    int bytes = Math.multiplyExact(Math.multiplyExact(copy[0], rowSize), Float.BYTES);
    FloatBuffer values =
        ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    return new Tensor(copy, rowSize, values);
  }

  /** Returns a tensor of {@code rows} zero images. */
  public static Tensor images(int rows, ImageShape shape) {
    return zeros(rows, shape.channels(), shape.height(), shape.width());
  }

  /** Returns a tensor that holds a copy of the given values, row by row. */
  public static Tensor of(float[] values, int... shape) {
    Tensor tensor = zeros(shape);
    if (values.length != tensor.values.capacity()) {
      throw new IllegalArgumentException(
          values.length + " values do not fill the shape " + Arrays.toString(shape));
    }
    tensor.values.put(0, values);
    return tensor;
  }

  /**
   * Returns a tensor over the given direct buffer in native order, without a copy.
   *
   * @param values holds exactly the values of the shape, from position 0
   */
  public static Tensor wrap(FloatBuffer values, int... shape) {
    int[] copy = shape.clone();
    int rowSize = rowSize(copy);
    if (!values.isDirect() || values.capacity() != Math.multiplyExact(copy[0], rowSize)) {
      throw new IllegalArgumentException(
          "a direct buffer of exactly the values of "
              + Arrays.toString(shape)
              + " is needed, not one of "
              + values.capacity());
    }
    return new Tensor(copy, rowSize, values);
  }

  private static int rowSize(int[] shape) {
    if (shape.length == 0 || shape[0] < 0) {
      throw new IllegalArgumentException("a tensor needs rows, not " + Arrays.toString(shape));
    }
    int size = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      if (shape[axis] < 1) {
        throw new IllegalArgumentException("sizes must be positive: " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, shape[axis]);
    }
    return size;
  }

  /** Returns the number of rows. */
  public int rows() {
    return shape[0];
  }

  /** Returns the number of values in a row. */
  public int rowSize() {
    return rowSize;
  }

  /** Returns the number of axes. */
  public int rank() {
    return shape.length;
  }

  /** Returns the size of an axis. */
  public int size(int axis) {
    return shape[axis];
  }

  /** Returns a copy of the shape. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns the shape of the images in a tensor of four axes. */
  public ImageShape imageShape() {
    if (shape.length != 4) {
      throw new IllegalStateException("no images: " + Arrays.toString(shape));
    }
    return new ImageShape(shape[1], shape[2], shape[3]);
  }

  /** Returns one value of a row; {@code feature} counts through the row from 0. */
  public float get(int row, int feature) {
    return values.get(row * rowSize + feature);
  }

  /** Sets one value of a row. */
  public void set(int row, int feature, float value) {
    values.put(row * rowSize + feature, value);
  }

  /** Returns a copy of a row's values. */
  public float[] row(int row) {
    float[] copy = new float[rowSize];
    values.get(row * rowSize, copy);
    return copy;
  }

  /** Copies a row's values into an array of at least {@link #rowSize()} values. */
  public void readRow(int row, float[] into) {
    values.get(row * rowSize, into, 0, rowSize);
  }

  /** Sets a row's values. */
  public void setRow(int row, float[] from) {
    values.put(row * rowSize, from, 0, rowSize);
  }

  /** Copies one row of another tensor with rows of the same size into a row of this one. */
  public void copyRow(int row, Tensor from, int fromRow) {
    copyRows(row, from, fromRow, 1);
  }

  /** Copies consecutive rows of another tensor with rows of the same size into this one. */
  public void copyRows(int row, Tensor from, int fromRow, int count) {
    if (from.rowSize != rowSize) {
      throw new IllegalArgumentException(
          "rows of " + from.rowSize + " values do not fit rows of " + rowSize);
    }
    values.put(row * rowSize, from.values, fromRow * rowSize, count * rowSize);
  }

  /** Returns rows {@code from} to {@code to} (exclusive) as a view that shares memory. */
  public Tensor rows(int from, int to) {
    int[] sliced = shape.clone();
    sliced[0] = to - from;
    FloatBuffer slice = values.slice(from * rowSize, (to - from) * rowSize);
    return new Tensor(sliced, rowSize, slice);
  }

  /** Returns a copy of the named rows, in their order. */
  public Tensor select(int... rows) {
    int[] selected = shape.clone();
    selected[0] = rows.length;
    Tensor copy = zeros(selected);
    for (int row = 0; row < rows.length; row++) {
      copy.copyRow(row, this, rows[row]);
    }
    return copy;
  }

  /** Returns a copy of the whole tensor. */
  public Tensor copy() {
    Tensor copy = zeros(shape);
    copy.copyRows(0, this, 0, rows());
    return copy;
  }

  /** Returns the values as a direct buffer that shares memory, positioned at 0. */
  public FloatBuffer buffer() {
    return values.duplicate().clear();
  }

  /** Returns the index of a row's largest value, the first one among equals; -1 if one is NaN. */
  public int argmax(int row) {
    int start = row * rowSize;
    int best = 0;
    float largest = Float.NEGATIVE_INFINITY;
    for (int feature = 0; feature < rowSize; feature++) {
      float value = values.get(start + feature);
      if (Float.isNaN(value)) {
        return -1;
      }
      if (value > largest) {
        largest = value;
        best = feature;
      }
    }
    return best;
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
