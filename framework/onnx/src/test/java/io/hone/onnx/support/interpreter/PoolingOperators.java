package io.hone.onnx.support.interpreter;

import java.util.Arrays;
import java.util.Map;

/** Pooling of images. */
final class PoolingOperators {
  private PoolingOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "MaxPool", Operator.single(a -> pool(a, PoolingOperators::maximum)),
        "AveragePool", Operator.single(a -> pool(a, averageOf(a))),
        "GlobalAveragePool", Operator.single(a -> global(a.input(0), false)),
        "GlobalMaxPool", Operator.single(a -> global(a.input(0), true)));
  }

  /** What a pool makes of one window of one channel, which starts at an offset of the content. */
  @FunctionalInterface
  private interface Pool {
    double of(double[] content, int channel, Window rows, int row, Window columns, int column);
  }

  private static DoubleTensor pool(Application a, Pool pool) {
    DoubleTensor x = a.input(0);
    int[] kernel = DoubleTensor.narrowed(a.node().integers("kernel_shape").orElseThrow());
    Window rows = Window.of(a.node(), 0, x.shape()[2], kernel[0]);
    Window columns = Window.of(a.node(), 1, x.shape()[3], kernel[1]);
    int channels = x.shape()[0] * x.shape()[1];
    double[] result = new double[channels * rows.count() * columns.count()];
    int target = 0;
    for (int channel = 0; channel < channels; channel++) {
      int source = channel * rows.size() * columns.size();
      for (int i = 0; i < rows.count(); i++) {
        for (int j = 0; j < columns.count(); j++) {
          result[target++] = pool.of(x.content(), source, rows, i, columns, j);
        }
      }
    }
    return DoubleTensor.of(result, x.shape()[0], x.shape()[1], rows.count(), columns.count());
  }

  private static double maximum(
      double[] content, int channel, Window rows, int i, Window columns, int j) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int u = 0; u < rows.kernel(); u++) {
      for (int v = 0; v < columns.kernel(); v++) {
        int row = rows.place(i, u);
        int column = columns.place(j, v);
        if (rows.inside(row) && columns.inside(column)) {
          largest = Math.max(largest, content[channel + row * columns.size() + column]);
        }
      }
    }
    return largest;
  }

  /** The mean of what is in the image, or of that and the padding. */
  private static Pool averageOf(Application a) {
    boolean withPadding = a.node().integer("count_include_pad", 0) != 0;
    return (content, channel, rows, i, columns, j) -> {
      double sum = 0;
      int count = 0;
      for (int u = 0; u < rows.kernel(); u++) {
        for (int v = 0; v < columns.kernel(); v++) {
          int row = rows.place(i, u);
          int column = columns.place(j, v);
          if (rows.inside(row) && columns.inside(column)) {
            sum += content[channel + row * columns.size() + column];
            count++;
          } else if (withPadding && rows.padded(row) && columns.padded(column)) {
            count++;
          }
        }
      }
      return sum / count;
    };
  }

  private static DoubleTensor global(DoubleTensor x, boolean maximum) {
    int channels = x.shape()[0] * x.shape()[1];
    int area = x.content().length / channels;
    double[] result = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      var pixels = Arrays.stream(x.content(), channel * area, (channel + 1) * area);
      result[channel] = maximum ? pixels.max().orElseThrow() : pixels.sum() / area;
    }
    int[] shape = x.shape().clone();
    Arrays.fill(shape, 2, shape.length, 1);
    return DoubleTensor.of(result, shape);
  }
}
