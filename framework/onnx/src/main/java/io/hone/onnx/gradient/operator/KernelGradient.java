package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Gradient of a convolution to its kernel, where that depends on the image: a convolution of the
 * image with the gradient, in which the batch takes the part of the channels, and strides and
 * dilations change places.
 */
final class KernelGradient {
  private final BackwardStep step;
  private final Window window;
  private final long group;

  KernelGradient(BackwardStep step, Window window) {
    this.step = step;
    this.window = window;
    this.group = step.node().integer("group", 1);
  }

  /**
   * Returns the gradient of the kernel.
   *
   * @param image what the kernel slides over, [images, channels, ...]
   * @param gradient of what it writes, [images, channels out, ...]
   */
  Value of(Value image, Value gradient) {
    int axes = window.axes();
    // [channels per group, group * images, ...]: the images of a group are its channels.
    Value channels = step.list(0, group, -1);
    Value space = step.sizes(image, 2, 2 + axes);
    Value apart = step.op("Reshape", image, step.join(channels, space));
    Value turned = exchanged(apart, axes, 2, 1, 0);
    Value rows = step.op("Reshape", turned, step.join(step.list(0, -1), space));
    Value kernels = exchanged(gradient, axes, 1, 0);
    Value product =
        step.graph()
            .node("Conv", rows, kernels)
            .with("group", group)
            .with("strides", window.dilations())
            .with("dilations", window.strides())
            .with("pads", pads())
            .output();
    long[] spatial = LongStream.range(2, 2 + axes).toArray();
    Value ends = step.sizes(step.x(1), 2, 2 + axes);
    // Pixels behind the last window make the result longer than the kernel.
    Value cut = step.op("Slice", product, step.list(new long[axes]), ends, step.list(spatial));
    return exchanged(cut, axes, 1, 0);
  }

  private Value exchanged(Value value, int axes, long... first) {
    LongStream rest = LongStream.range(first.length, (long) first.length + axes);
    long[] order = LongStream.concat(LongStream.of(first), rest).toArray();
    return step.graph().node("Transpose", value).with("perm", order).output();
  }

  private long[] pads() {
    Optional<long[]> size =
        step.shape(step.x(0))
            .map(shape -> Arrays.copyOfRange(shape.sizes(), 2, shape.rank()))
            .filter(sizes -> Arrays.stream(sizes).allMatch(length -> length >= 0));
    if (size.isEmpty() && window.automatic() != Window.AutomaticPads.NONE) {
      throw step.refuse("its kernel depends on the image, and its pads on a size not known");
    }
    return size.map(window::padsFor).orElseGet(window::pads);
  }
}
