package io.hone.onnx.support.interpreter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that give the same elements another shape or order, or repeat them. */
final class RearrangingOperators {
  private RearrangingOperators() {}

  static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    all.put("Reshape", Operator.single(RearrangingOperators::reshape));
    all.put("Flatten", Operator.single(RearrangingOperators::flatten));
    all.put("Squeeze", Operator.single(RearrangingOperators::squeeze));
    all.put("Unsqueeze", Operator.single(RearrangingOperators::unsqueeze));
    all.put("Transpose", Operator.single(RearrangingOperators::transpose));
    all.put("Expand", Operator.single(a -> expand(a.input(0), a.input(1).ints())));
    all.put("Tile", Operator.single(RearrangingOperators::tile));
    all.put("DepthToSpace", Operator.single(RearrangingOperators::depthToSpace));
    return all;
  }

  private static DoubleTensor reshape(Application a) {
    DoubleTensor x = a.input(0);
    int[] shape = a.input(1).ints();
    boolean zeroCopies = a.node().integer("allowzero", 0) == 0;
    int open = -1;
    int known = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == 0 && zeroCopies) {
        shape[axis] = x.shape()[axis];
      }
      if (shape[axis] == -1) {
        open = axis;
      } else {
        known *= shape[axis];
      }
    }
    if (open >= 0) {
      shape[open] = x.content().length / known;
    }
    return x.reshaped(shape);
  }

  private static DoubleTensor flatten(Application a) {
    DoubleTensor x = a.input(0);
    int axis = a.axis(1, x.rank());
    int rows = DoubleTensor.count(Arrays.copyOf(x.shape(), axis));
    return x.reshaped(rows, DoubleTensor.count(Arrays.copyOfRange(x.shape(), axis, x.rank())));
  }

  private static DoubleTensor squeeze(Application a) {
    DoubleTensor x = a.input(0);
    int[] axes =
        a.integers("axes", 1)
            .map(list -> Application.axes(list, x.rank()))
            .orElseGet(() -> IntStream.range(0, x.rank()).filter(i -> x.shape()[i] == 1).toArray());
    return x.reshaped(
        IntStream.range(0, x.rank())
            .filter(axis -> Arrays.binarySearch(axes, axis) < 0)
            .map(axis -> x.shape()[axis])
            .toArray());
  }

  private static DoubleTensor unsqueeze(Application a) {
    DoubleTensor x = a.input(0);
    long[] list = a.integers("axes", 1).orElseThrow();
    int[] axes = Application.axes(list, x.rank() + list.length);
    int[] shape = new int[x.rank() + axes.length];
    int next = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = Arrays.binarySearch(axes, axis) >= 0 ? 1 : x.shape()[next++];
    }
    return x.reshaped(shape);
  }

  private static DoubleTensor transpose(Application a) {
    DoubleTensor x = a.input(0);
    int[] order =
        a.node()
            .integers("perm")
            .map(DoubleTensor::narrowed)
            .orElseGet(() -> IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray());
    return transposed(x, order);
  }

  private static DoubleTensor transposed(DoubleTensor x, int... order) {
    int[] own = x.strides();
    int[] shape = Arrays.stream(order).map(axis -> x.shape()[axis]).toArray();
    int[] strides = Arrays.stream(order).map(axis -> own[axis]).toArray();
    return x.picked(Places.offsets(shape, strides, 0), shape);
  }

  static DoubleTensor expand(DoubleTensor x, int[] wanted) {
    int[] shape = Places.broadcast(x.shape(), wanted);
    return x.picked(Places.offsets(shape, x.stridesWithin(shape), 0), shape);
  }

  private static DoubleTensor tile(Application a) {
    DoubleTensor x = a.input(0);
    int[] repeats = a.input(1).ints();
    // [a, b] tiled is [1, a, 1, b] expanded to [r, a, s, b].
    int[] apart = new int[2 * x.rank()];
    int[] wide = new int[2 * x.rank()];
    int[] shape = new int[x.rank()];
    for (int axis = 0; axis < x.rank(); axis++) {
      apart[2 * axis] = 1;
      wide[2 * axis] = repeats[axis];
      apart[2 * axis + 1] = x.shape()[axis];
      wide[2 * axis + 1] = x.shape()[axis];
      shape[axis] = repeats[axis] * x.shape()[axis];
    }
    return expand(x.reshaped(apart), wide).reshaped(shape);
  }

  private static DoubleTensor depthToSpace(Application a) {
    int[] s = a.input(0).shape();
    int block = (int) a.node().integer("blocksize", 1);
    int channels = s[1] / block / block;
    int[] shape = {s[0], channels, s[2] * block, s[3] * block};
    return a.node().text("mode", "DCR").equals("DCR")
        ? transposed(
                a.input(0).reshaped(s[0], block, block, channels, s[2], s[3]), 0, 3, 4, 1, 5, 2)
            .reshaped(shape)
        : transposed(
                a.input(0).reshaped(s[0], channels, block, block, s[2], s[3]), 0, 1, 4, 2, 5, 3)
            .reshaped(shape);
  }
}
