package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * {@link WideRows} of the gradient, over which the image slides: the places of the kernel come out
 * in reverse order. Faster where the gradient has fewer channels than the image.
 */
final class WideGradient implements KernelFormulation {
  private static final WideImage LIKEWISE = new WideImage();

  @Override
  public boolean fits(KernelSlopes slopes) {
    return LIKEWISE.fits(slopes) && slopes.window().reachesAllPads();
  }

  @Override
  public Value write(KernelSlopes slopes) {
    Window window = slopes.window();
    long group = slopes.group();
    long[] ones = new long[window.axes()];
    Arrays.fill(ones, 1);
    Value product =
        new WideRows(slopes, group, slopes.channelsOut())
            .convolve(
                slopes.gradient(),
                slopes.image(),
                window.dilations(),
                ones,
                window.turnedPads(),
                window.size(),
                true);
    // [group * channels, kernel..., channels out].
    return kernel(slopes, slopes.step().reversed(product, 1, 1 + window.axes()));
  }

  private static Value kernel(KernelSlopes slopes, Value product) {
    BackwardStep step = slopes.step();
    int axes = slopes.window().axes();
    long[] size = slopes.window().size();
    long in = slopes.channelsIn();
    long out = slopes.channelsOut();
    // [group, channels, kernel..., channels out] to [group, channels out, channels, kernel...].
    long[] split = sizes(size, slopes.group(), in, out);
    long[] order = new long[axes + 3];
    order[1] = axes + 2L;
    for (int axis = 2; axis < order.length; axis++) {
      order[axis] = axis - 1L;
    }
    Value turned = slopes.transposed(step.op("Reshape", product, step.list(split)), order);
    return step.reshapeLike(turned, step.x(1));
  }

  private static long[] sizes(long[] size, long group, long in, long out) {
    return LongStream.concat(
            LongStream.concat(LongStream.of(group, in), LongStream.of(size)), LongStream.of(out))
        .toArray();
  }
}
