package io.hone.onnx.support.interpreter;

import java.util.Arrays;
import java.util.Map;

/** Resize, one axis after the other, and its predecessor Upsample. */
final class ResizeOperators {
  private ResizeOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Resize", Operator.single(ResizeOperators::resize),
        "Upsample", Operator.single(a -> scaled(a, a.input(1).content(), null)));
  }

  /** Until opset 10 the scales were where the region of interest is now. */
  private static DoubleTensor resize(Application a) {
    if (a.opset() < 11) {
      return scaled(a, a.input(1).content(), null);
    }
    boolean bySizes = a.has(3) && a.input(3).content().length > 0;
    return scaled(a, bySizes ? null : a.input(2).content(), bySizes ? a.input(3).ints() : null);
  }

  private static DoubleTensor scaled(Application a, double[] scales, int[] sizes) {
    DoubleTensor result = a.input(0);
    for (int axis = 0; axis < result.rank(); axis++) {
      int from = result.shape()[axis];
      int to = sizes != null ? sizes[axis] : (int) Math.floor(from * scales[axis]);
      double scale = sizes != null ? (double) to / from : scales[axis];
      if (from != to || scale != 1) {
        result = alongAxis(result, axis, to, weights(a, from, to, scale));
      }
    }
    return result;
  }

  /** Returns how much each old place counts at each new one. */
  private static double[][] weights(Application a, int from, int to, double scale) {
    double[][] weights = new double[to][from];
    boolean nearest = a.node().text("mode", "nearest").equals("nearest");
    for (int i = 0; i < to; i++) {
      double place = place(a, i, from, to, scale);
      if (nearest) {
        weights[i][bounded(rounded(a, place), from)] = 1;
      } else {
        int floor = (int) Math.floor(place);
        weights[i][bounded(floor, from)] += 1 - (place - floor);
        weights[i][bounded(floor + 1, from)] += place - floor;
      }
    }
    return weights;
  }

  private static double place(Application a, int i, int from, int to, double scale) {
    String rule =
        a.opset() < 11
            ? "asymmetric"
            : a.node().text("coordinate_transformation_mode", "half_pixel");
    return switch (rule) {
      case "asymmetric" -> i / scale;
      case "align_corners" -> to == 1 ? 0 : i * (double) (from - 1) / (to - 1);
      case "pytorch_half_pixel" -> to == 1 ? 0 : (i + 0.5) / scale - 0.5;
      default -> (i + 0.5) / scale - 0.5;
    };
  }

  private static int rounded(Application a, double place) {
    String rule = a.opset() < 11 ? "floor" : a.node().text("nearest_mode", "round_prefer_floor");
    return (int)
        switch (rule) {
          case "floor" -> Math.floor(place);
          case "ceil" -> Math.ceil(place);
          case "round_prefer_ceil" -> Math.floor(place + 0.5);
          default -> Math.ceil(place - 0.5);
        };
  }

  private static int bounded(int place, int size) {
    return Math.max(0, Math.min(size - 1, place));
  }

  private static DoubleTensor alongAxis(DoubleTensor x, int axis, int size, double[][] weights) {
    int[] shape = x.shape().clone();
    shape[axis] = size;
    int run = x.strides()[axis];
    int outer = DoubleTensor.count(Arrays.copyOf(x.shape(), axis));
    int from = x.shape()[axis];
    double[] result = new double[DoubleTensor.count(shape)];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < size; i++) {
        for (int k = 0; k < from; k++) {
          double weight = weights[i][k];
          for (int r = 0; weight != 0 && r < run; r++) {
            result[(o * size + i) * run + r] += weight * x.content()[(o * from + k) * run + r];
          }
        }
      }
    }
    return DoubleTensor.of(result, shape);
  }
}
