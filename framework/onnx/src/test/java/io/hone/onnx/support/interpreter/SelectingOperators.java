package io.hone.onnx.support.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that take tensors apart and put them together. */
final class SelectingOperators {
  private SelectingOperators() {}

  static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    all.put("Concat", Operator.single(a -> joined(a.inputs(), a.axis(0, a.input(0).rank()))));
    all.put("Split", SelectingOperators::split);
    all.put("Slice", Operator.single(SelectingOperators::slice));
    all.put("Gather", Operator.single(SelectingOperators::gather));
    all.put("Pad", Operator.single(SelectingOperators::pad));
    all.put("ScatterND", Operator.single(SelectingOperators::scatter));
    return all;
  }

  private static DoubleTensor joined(List<DoubleTensor> parts, int axis) {
    int[] shape = parts.get(0).shape().clone();
    shape[axis] = parts.stream().mapToInt(part -> part.shape()[axis]).sum();
    DoubleTensor whole =
        new DoubleTensor(new double[DoubleTensor.count(shape)], shape, parts.get(0).type());
    int[] strides = whole.strides();
    int start = 0;
    for (DoubleTensor part : parts) {
      int[] places = Places.offsets(part.shape(), strides, start);
      for (int i = 0; i < places.length; i++) {
        whole.content()[places[i]] = part.content()[i];
      }
      start += part.shape()[axis] * strides[axis];
    }
    return whole;
  }

  private static List<DoubleTensor> split(Application a) {
    DoubleTensor x = a.input(0);
    int axis = a.axis(0, x.rank());
    int[] parts =
        a.integers("split", 1)
            .map(DoubleTensor::narrowed)
            .orElseGet(() -> even(x.shape()[axis], a.node().outputs().size()));
    List<DoubleTensor> results = new ArrayList<>();
    int start = 0;
    for (int part : parts) {
      int[] shape = x.shape().clone();
      shape[axis] = part;
      results.add(x.picked(Places.offsets(shape, x.strides(), start * x.strides()[axis]), shape));
      start += part;
    }
    return results;
  }

  /** The last part is smaller where the size cannot be shared evenly. */
  private static int[] even(int size, int count) {
    int part = (size + count - 1) / count;
    return IntStream.range(0, count).map(i -> Math.min(part, size - i * part)).toArray();
  }

  private static DoubleTensor slice(Application a) {
    DoubleTensor x = a.input(0);
    long[] starts = a.integers("starts", 1).orElseThrow();
    long[] ends = a.integers("ends", 2).orElseThrow();
    long[] axes =
        a.integers("axes", 3).orElse(IntStream.range(0, starts.length).asLongStream().toArray());
    int[] shape = x.shape().clone();
    int[] strides = x.strides();
    int start = 0;
    for (int i = 0; i < axes.length; i++) {
      int axis = (int) (axes[i] < 0 ? axes[i] + x.rank() : axes[i]);
      int size = x.shape()[axis];
      long step = a.has(4) ? a.input(4).longs()[i] : 1;
      long highest = step > 0 ? size : size - 1;
      long from = bounded(starts[i], size, 0, highest);
      long to = bounded(ends[i], size, step > 0 ? 0 : -1, highest);
      shape[axis] = (int) Math.max(0, (to - from + step - Long.signum(step)) / step);
      start += (int) from * x.strides()[axis];
      strides[axis] *= (int) step;
    }
    return x.picked(Places.offsets(shape, strides, start), shape);
  }

  private static long bounded(long place, int size, long lowest, long highest) {
    return Math.max(lowest, Math.min(highest, place < 0 ? place + size : place));
  }

  private static DoubleTensor gather(Application a) {
    DoubleTensor x = a.input(0);
    int axis = a.axis(0, x.rank());
    int size = x.shape()[axis];
    int[] indices = a.input(1).ints();
    int[] one = x.shape().clone();
    one[axis] = 1;
    List<DoubleTensor> parts = new ArrayList<>();
    for (int index : indices) {
      int start = (index < 0 ? index + size : index) * x.strides()[axis];
      parts.add(x.picked(Places.offsets(one, x.strides(), start), one));
    }
    IntStream before = Arrays.stream(x.shape(), 0, axis);
    IntStream behind = Arrays.stream(x.shape(), axis + 1, x.rank());
    int[] shape =
        IntStream.concat(IntStream.concat(before, Arrays.stream(a.input(1).shape())), behind)
            .toArray();
    return joined(parts, axis).reshaped(shape);
  }

  private static DoubleTensor pad(Application a) {
    DoubleTensor result = a.input(0);
    long[] pads = a.integers("pads", 1).orElseThrow();
    double filling = a.number("value", 2, 0);
    int count = pads.length / 2;
    int[] axes =
        a.has(3)
            ? Arrays.stream(a.input(3).longs())
                .mapToInt(i -> (int) (i < 0 ? i + a.input(0).rank() : i))
                .toArray()
            : IntStream.range(0, count).toArray();
    String mode = a.node().text("mode", "constant");
    for (int i = 0; i < count; i++) {
      result = padded(result, axes[i], (int) pads[i], (int) pads[i + count], mode, filling);
    }
    return result;
  }

  private static DoubleTensor padded(
      DoubleTensor x, int axis, int before, int after, String mode, double filling) {
    int size = x.shape()[axis];
    int[] shape = x.shape().clone();
    shape[axis] = before + size + after;
    double[] content = new double[DoubleTensor.count(shape)];
    Arrays.fill(content, filling);
    DoubleTensor result = new DoubleTensor(content, shape, x.type());
    int[] one = shape.clone();
    one[axis] = 1;
    for (int place = 0; place < shape[axis]; place++) {
      int source = source(place - before, size, mode);
      if (source < 0) {
        continue;
      }
      int[] from = Places.offsets(one, x.strides(), source * x.strides()[axis]);
      int[] to = Places.offsets(one, result.strides(), place * result.strides()[axis]);
      for (int i = 0; i < from.length; i++) {
        content[to[i]] = x.content()[from[i]];
      }
    }
    return result;
  }

  /** Returns which place of the original is at a place, -1 where there is none. */
  private static int source(int place, int size, String mode) {
    if (place >= 0 && place < size) {
      return place;
    }
    return switch (mode) {
      case "edge" -> place < 0 ? 0 : size - 1;
      case "reflect" -> place < 0 ? -place : 2 * (size - 1) - place;
      default -> -1;
    };
  }

  private static DoubleTensor scatter(Application a) {
    DoubleTensor x = a.input(0);
    DoubleTensor indices = a.input(1);
    int depth = indices.shape()[indices.rank() - 1];
    int[] strides = x.strides();
    int run = depth == 0 ? x.content().length : strides[depth - 1];
    double[] content = x.content().clone();
    int[] list = indices.ints();
    for (int i = 0; i < list.length / depth; i++) {
      int target = 0;
      for (int axis = 0; axis < depth; axis++) {
        int index = list[i * depth + axis];
        target += (index < 0 ? index + x.shape()[axis] : index) * strides[axis];
      }
      System.arraycopy(a.input(2).content(), i * run, content, target, run);
    }
    return new DoubleTensor(content, x.shape(), x.type());
  }
}
