package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import java.util.stream.LongStream;

/**
 * A convolution of the image with the gradient, in which the batch takes the part of the channels,
 * and strides and dilations change places. It holds for everything, but multiplies matrices that
 * are only as wide as the kernel is large.
 */
final class ExchangedAxes implements KernelFormulation {
  @Override
  public boolean fits(KernelSlopes slopes) {
    return true;
  }

  @Override
  public Value write(KernelSlopes slopes) {
    BackwardStep step = slopes.step();
    int axes = slopes.window().axes();
    // [channels per group, group * images, ...]: the images of a group are its channels.
    Value channels = step.list(0, slopes.group(), -1);
    Value space = slopes.sizes(slopes.image(), 2, 2 + axes);
    Value apart = step.op("Reshape", slopes.image(), step.join(channels, space));
    Value turned = slopes.exchanged(apart, 2, 1, 0);
    Value rows = step.op("Reshape", turned, step.join(step.list(0, -1), space));
    Value product =
        step.graph()
            .node("Conv", rows, slopes.exchanged(slopes.gradient(), 1, 0))
            .with("group", slopes.group())
            .with("strides", slopes.window().dilations())
            .with("dilations", slopes.window().strides())
            .with("pads", slopes.pads())
            .output();
    long[] spatial = LongStream.range(2, 2 + axes).toArray();
    Value ends = step.sizes(step.x(1), 2, 2 + axes);
    // Pixels behind the last window make the result longer than the kernel.
    Value cut = step.op("Slice", product, step.list(new long[axes]), ends, step.list(spatial));
    return slopes.exchanged(cut, 1, 0);
  }
}
