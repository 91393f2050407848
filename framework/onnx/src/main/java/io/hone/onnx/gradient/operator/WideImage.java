package io.hone.onnx.gradient.operator;

import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.stream.LongStream;

/** {@link WideRows} of the image, over which the gradient slides. */
final class WideImage implements KernelFormulation {
  /** Dilation adds places to the last axis that are computed in vain: so many times as many. */
  private static final long LARGEST_WASTE = 2;

  @Override
  public boolean fits(KernelSlopes slopes) {
    Window window = slopes.window();
    int last = window.axes() - 1;
    return slopes.knowsChannels() && window.extent(last) <= LARGEST_WASTE * window.size()[last];
  }

  @Override
  public Value write(KernelSlopes slopes) {
    Value product = product(slopes, slopes.group(), slopes.channelsIn());
    int axes = slopes.window().axes();
    long[] places = LongStream.rangeClosed(1, axes).toArray();
    long[] order = LongStream.concat(LongStream.of(0, axes + 1), LongStream.of(places)).toArray();
    return slopes.transposed(product, order);
  }

  /**
   * Returns [group * channels out, kernel..., channels].
   *
   * @param group into how many groups channels are split, which may differ from the node's
   * @param channels of a group
   */
  static Value product(KernelSlopes slopes, long group, long channels) {
    Window window = slopes.window();
    long[] pads = slopes.pads().clone();
    boolean exact = leaveOutUnread(slopes, pads);
    return new WideRows(slopes, group, channels)
        .convolve(
            slopes.image(),
            slopes.gradient(),
            window.dilations(),
            window.strides(),
            pads,
            window.size(),
            exact);
  }

  /**
   * Takes off pads that no window reads: they would only make further places.
   *
   * @return whether it is known that all windows together read to the end of each axis
   */
  private static boolean leaveOutUnread(KernelSlopes slopes, long[] pads) {
    Window window = slopes.window();
    if (window.hasUnitStrides()) {
      return true;
    }
    if (slopes.plane().isEmpty() || slopes.windows().isEmpty()) {
      return false;
    }
    boolean exact = true;
    for (int axis = 0; axis < window.axes(); axis++) {
      int after = axis + window.axes();
      long size = slopes.plane().get()[axis] + pads[axis] + pads[after];
      long count = slopes.windows().get()[axis];
      long unread = size - (count - 1) * window.strides()[axis] - window.extent(axis);
      long taken = Math.min(unread, pads[after]);
      pads[after] -= taken;
      exact &= taken == unread;
    }
    return exact;
  }
}
