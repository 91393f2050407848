package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.stream.LongStream;

/** The kernel of a 1 x 1 convolution: a matrix product for each image, added up over the batch. */
final class PointProduct implements KernelFormulation {
  @Override
  public boolean fits(KernelSlopes slopes) {
    Window window = slopes.window();
    return Arrays.stream(window.size()).allMatch(size -> size == 1)
        && Arrays.stream(window.pads()).allMatch(pad -> pad == 0)
        && slopes.knowsChannels()
        && readsMoreThanItWrites(slopes);
  }

  /**
   * On planes of few pixels the products of single images are larger than what they are made of.
   */
  private static boolean readsMoreThanItWrites(KernelSlopes slopes) {
    long in = slopes.channelsIn();
    long out = slopes.channelsOut();
    return slopes
        .windows()
        .map(windows -> LongStream.of(windows).reduce(1, (a, b) -> a * b))
        .map(pixels -> pixels * (in + out) >= in * out)
        .orElse(true);
  }

  @Override
  public Value write(KernelSlopes slopes) {
    BackwardStep step = slopes.step();
    // [images, group, channels, pixels].
    Value rows = rows(slopes, slopes.gradient(), slopes.channelsOut());
    Value columns = rows(slopes, read(slopes), slopes.channelsIn());
    Value product = step.op("MatMul", rows, slopes.transposed(columns, 0, 1, 3, 2));
    Value sum = step.graph().node("ReduceSum", product, step.list(0)).with("keepdims", 0).output();
    return step.reshapeLike(sum, step.x(1));
  }

  private static Value rows(KernelSlopes slopes, Value value, long channels) {
    BackwardStep step = slopes.step();
    return step.op("Reshape", value, step.list(0, slopes.group(), channels, -1));
  }

  /** Returns the pixels that the kernel read. */
  private static Value read(KernelSlopes slopes) {
    BackwardStep step = slopes.step();
    Window window = slopes.window();
    if (window.hasUnitStrides()) {
      return slopes.image();
    }
    long[] ends = new long[window.axes()];
    Arrays.fill(ends, Long.MAX_VALUE);
    return step.op(
        "Slice",
        slopes.image(),
        step.list(new long[window.axes()]),
        step.list(ends),
        step.list(LongStream.range(2, 2 + window.axes()).toArray()),
        step.list(window.strides()));
  }
}
