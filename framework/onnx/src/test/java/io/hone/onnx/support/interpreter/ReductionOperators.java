package io.hone.onnx.support.interpreter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Reductions over axes, which were an attribute once and are an input now. */
final class ReductionOperators {
  private ReductionOperators() {}

  static Map<String, Operator> all() {
    Map<String, ToDoubleFunction<DoubleStream>> reductions =
        Map.of(
            "ReduceL1", row -> row.map(Math::abs).sum(),
            "ReduceL2", row -> Math.sqrt(row.map(x -> x * x).sum()),
            "ReduceLogSum", row -> Math.log(row.sum()),
            "ReduceLogSumExp", row -> Math.log(row.map(Math::exp).sum()),
            "ReduceMax", row -> row.max().orElseThrow(),
            "ReduceMean", row -> row.average().orElseThrow(),
            "ReduceMin", row -> row.min().orElseThrow(),
            "ReduceProd", row -> row.reduce(1, (a, b) -> a * b),
            "ReduceSum", DoubleStream::sum,
            "ReduceSumSquare", row -> row.map(x -> x * x).sum());
    Map<String, Operator> all = new HashMap<>();
    reductions.forEach((name, f) -> all.put(name, Operator.single(a -> reduced(a, f))));
    return all;
  }

  private static DoubleTensor reduced(Application a, ToDoubleFunction<DoubleStream> reduction) {
    DoubleTensor x = a.input(0);
    int[] axes = Application.axes(a.integers("axes", 1).orElse(new long[0]), x.rank());
    if (axes.length == 0) {
      if (a.node().integer("noop_with_empty_axes", 0) != 0) {
        return x;
      }
      axes = IntStream.range(0, x.rank()).toArray();
    }
    int[] own = x.strides();
    int[] named = axes;
    int[] others =
        IntStream.range(0, x.rank()).filter(axis -> Arrays.binarySearch(named, axis) < 0).toArray();
    int[] starts = Places.offsets(of(x.shape(), others), of(own, others), 0);
    int[] row = Places.offsets(of(x.shape(), axes), of(own, axes), 0);
    double[] result = new double[starts.length];
    for (int i = 0; i < starts.length; i++) {
      int start = starts[i];
      result[i] =
          reduction.applyAsDouble(Arrays.stream(row).mapToDouble(at -> x.content()[start + at]));
    }
    int[] kept = x.shape().clone();
    Arrays.stream(axes).forEach(axis -> kept[axis] = 1);
    boolean keep = a.node().integer("keepdims", 1) != 0;
    return new DoubleTensor(result, keep ? kept : of(x.shape(), others), x.type());
  }

  private static int[] of(int[] list, int[] axes) {
    return Arrays.stream(axes).map(axis -> list[axis]).toArray();
  }
}
