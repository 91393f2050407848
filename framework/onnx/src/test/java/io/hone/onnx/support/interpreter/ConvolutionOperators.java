package io.hone.onnx.support.interpreter;

import java.util.Arrays;
import java.util.Map;

/** Convolution of images. */
final class ConvolutionOperators {
  private ConvolutionOperators() {}

  static Map<String, Operator> all() {
    return Map.of("Conv", Operator.single(ConvolutionOperators::convolution));
  }

  private static DoubleTensor convolution(Application a) {
    DoubleTensor x = a.input(0);
    DoubleTensor weights = a.input(1);
    int[] kernel = weights.shape();
    Window rows = Window.of(a.node(), 0, x.shape()[2], kernel[2]);
    Window columns = Window.of(a.node(), 1, x.shape()[3], kernel[3]);
    int images = x.shape()[0];
    int filters = kernel[0];
    int filtersOfGroup = filters / (int) a.node().integer("group", 1);
    int area = rows.count() * columns.count();
    double[] result = new double[images * filters * area];
    for (int image = 0; image < images; image++) {
      for (int filter = 0; filter < filters; filter++) {
        int target = (image * filters + filter) * area;
        if (a.has(2)) {
          Arrays.fill(result, target, target + area, a.input(2).content()[filter]);
        }
        for (int channel = 0; channel < kernel[1]; channel++) {
          int source = image * x.shape()[1] + filter / filtersOfGroup * kernel[1] + channel;
          int window = (filter * kernel[1] + channel) * kernel[2] * kernel[3];
          add(x.content(), source, weights.content(), window, rows, columns, result, target);
        }
      }
    }
    return DoubleTensor.of(result, images, filters, rows.count(), columns.count());
  }

  /** Adds one channel, seen through its window, to one filter's image. */
  private static void add(
      double[] x,
      int channel,
      double[] weights,
      int window,
      Window rows,
      Window columns,
      double[] result,
      int target) {
    for (int i = 0; i < rows.count(); i++) {
      for (int u = 0; u < rows.kernel(); u++) {
        int row = rows.place(i, u);
        if (!rows.inside(row)) {
          continue;
        }
        int line = (channel * rows.size() + row) * columns.size();
        for (int v = 0; v < columns.kernel(); v++) {
          double weight = weights[window + u * columns.kernel() + v];
          for (int j = 0; j < columns.count(); j++) {
            int column = columns.place(j, v);
            if (columns.inside(column)) {
              result[target + i * columns.count() + j] += weight * x[line + column];
            }
          }
        }
      }
    }
  }
}
