package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import java.util.stream.LongStream;

/**
 * A convolution with exchanged axes over images whose channels are side by side in the row: pixel
 * (column, channel) of a row is at place {@code column * channels + channel}, and the filter's
 * dilation steps over whole columns. A single matrix product then has a column for each channel and
 * place of the kernel, and a runtime gathers them from memory without gaps.
 */
final class WideRows {
  private final KernelSlopes slopes;
  private final BackwardStep step;
  private final int axes;
  private final long group;

  /** Number of channels that are side by side. */
  private final long channels;

  /**
   * Creates the convolution.
   *
   * @param group into how many groups channels are split, which may differ from the node's
   * @param channels of a group of the image
   */
  WideRows(KernelSlopes slopes, long group, long channels) {
    this.slopes = slopes;
    this.step = slopes.step();
    this.axes = slopes.window().axes();
    this.group = group;
    this.channels = channels;
  }

  /**
   * Lets filters slide over an image and adds up over the batch.
   *
   * @param image [images, group * channels, ...]
   * @param filters [images, group * filters, ...]
   * @param strides between places of the kernel
   * @param dilations between pixels that neighbours of a filter meet
   * @param pads of the image, before each axis, then after each axis
   * @param places how many places of the kernel there are along each axis; further ones are cut
   * @param exact whether there are no further ones
   * @return [group * filters, places..., channels], all places along the last axis but those at
   *     multiples of {@code strides} included
   */
  Value convolve(
      Value image,
      Value filters,
      long[] strides,
      long[] dilations,
      long[] pads,
      long[] places,
      boolean exact) {
    int last = axes - 1;
    long[] steps = strides.clone();
    steps[last] = 1;
    long extent = (places[last] - 1) * strides[last] + 1;
    Value product =
        step.graph()
            .node("Conv", wide(image), slopes.exchanged(filters, 1, 0))
            .with("group", group)
            .with("strides", steps)
            .with("dilations", stretched(dilations))
            .with("pads", stretched(pads))
            .output();
    if (!exact) {
      long[] ends = places.clone();
      ends[last] = extent * channels;
      product = cut(product, ends);
    }
    long[] sizes = new long[axes + 2];
    sizes[0] = -1;
    System.arraycopy(places, 0, sizes, 1, axes);
    sizes[axes] = extent;
    sizes[axes + 1] = channels;
    Value apart = step.op("Reshape", product, step.list(sizes));
    return strides[last] == 1 ? apart : everyNth(apart, strides[last]);
  }

  private long[] stretched(long[] numbers) {
    long[] wide = numbers.clone();
    for (int axis = axes - 1; axis < wide.length; axis += axes) {
      wide[axis] *= channels;
    }
    return wide;
  }

  private Value cut(Value product, long[] ends) {
    Value spatial = step.list(LongStream.range(2, 2 + axes).toArray());
    return step.op("Slice", product, step.list(new long[axes]), step.list(ends), spatial);
  }

  private Value everyNth(Value places, long stride) {
    return step.op(
        "Slice",
        places,
        step.list(0),
        step.list(Long.MAX_VALUE),
        step.list(axes),
        step.list(stride));
  }

  /** Returns [1, group * images, ..., width * channels]. */
  private Value wide(Value image) {
    Value outer = slopes.sizes(image, 2, 1 + axes);
    Value width = step.op("Mul", slopes.sizes(image, 1 + axes, 2 + axes), step.list(channels));
    return step.op("Reshape", sideBySide(image), step.join(step.list(1, -1), outer, width));
  }

  /** Returns [group, images, ..., channels]. */
  private Value sideBySide(Value image) {
    if (channels == 1) {
      return group == 1 ? image : slopes.exchanged(image, 1, 0);
    }
    if (group == 1) {
      return slopes.transposed(image, moved(1, axes + 2));
    }
    Value sizes = step.join(step.list(0, group, channels), slopes.sizes(image, 2, 2 + axes));
    long[] order = moved(2, axes + 3);
    order[0] = 1;
    order[1] = 0;
    return slopes.transposed(step.op("Reshape", image, sizes), order);
  }

  /** Returns the order of axes in which one of them is the last. */
  private static long[] moved(int axis, int rank) {
    return LongStream.concat(
            LongStream.range(0, rank).filter(other -> other != axis), LongStream.of(axis))
        .toArray();
  }
}
