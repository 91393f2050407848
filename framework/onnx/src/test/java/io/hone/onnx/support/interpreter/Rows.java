package io.hone.onnx.support.interpreter;

/** Runs of elements along some axes, at every place of the other axes. */
final class Rows {
  private Rows() {}

  /** Changes one row in place. */
  @FunctionalInterface
  interface Change {
    void apply(double[] row);
  }

  /** Returns a copy of x with a change made to each of its rows along an axis and all behind it. */
  static DoubleTensor changedFrom(DoubleTensor x, int axis, Change change) {
    int length = 1;
    for (int i = axis; i < x.rank(); i++) {
      length *= x.shape()[i];
    }
    double[] result = x.content().clone();
    double[] row = new double[length];
    for (int start = 0; start < result.length; start += length) {
      System.arraycopy(result, start, row, 0, length);
      change.apply(row);
      System.arraycopy(row, 0, result, start, length);
    }
    return DoubleTensor.of(result, x.shape());
  }

  /** Returns a copy of x with a change made to each of its rows along one axis. */
  static DoubleTensor changedAlong(DoubleTensor x, int axis, Change change) {
    int step = x.strides()[axis];
    int length = x.shape()[axis];
    double[] result = x.content().clone();
    double[] row = new double[length];
    for (int outer = 0; outer < result.length; outer += step * length) {
      for (int start = outer; start < outer + step; start++) {
        for (int i = 0; i < length; i++) {
          row[i] = result[start + i * step];
        }
        change.apply(row);
        for (int i = 0; i < length; i++) {
          result[start + i * step] = row[i];
        }
      }
    }
    return DoubleTensor.of(result, x.shape());
  }
}
