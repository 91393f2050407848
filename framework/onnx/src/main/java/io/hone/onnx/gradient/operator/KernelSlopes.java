package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What the gradient of a convolution's kernel is computed from. Where the kernel is that of a
 * ConvTranspose, image and gradient change places.
 *
 * @param step the convolution on the way back
 * @param window how the kernel slides
 * @param image what it slides over, [images, channels, ...]
 * @param gradient of what it writes, [images, channels out, ...]
 */
record KernelSlopes(BackwardStep step, Window window, Value image, Value gradient) {
  /** Returns what a Conv's kernel has; pads that depend on a size not known become pixels. */
  static KernelSlopes of(BackwardStep step, Window window) {
    KernelSlopes plain = new KernelSlopes(step, window, step.x(0), step.gradient());
    if (window.automatic() == Window.AutomaticPads.NONE || plain.plane().isPresent()) {
      return plain;
    }
    Value padded = new PaddedImage(step, window).write();
    return new KernelSlopes(step, window.withoutPads(), padded, step.gradient());
  }

  /** Returns into how many groups the channels are split. */
  long group() {
    return step.node().integer("group", 1);
  }

  /** Returns whether the number of channels is known, on both sides. */
  boolean knowsChannels() {
    return step.shape(step.x(1))
        .filter(kernel -> kernel.axis(0).isFixed() && kernel.axis(1).isFixed())
        .isPresent();
  }

  /** Returns the channels of the image in a group; {@link #knowsChannels} says whether it can. */
  long channelsIn() {
    return step.shape(step.x(1)).orElseThrow().axis(1).size();
  }

  /** Returns the channels of the gradient in a group; see {@link #channelsIn}. */
  long channelsOut() {
    return step.shape(step.x(1)).orElseThrow().axis(0).size() / group();
  }

  /** Returns the size of the image along its spatial axes, if all are known. */
  Optional<long[]> plane() {
    return spatial(forward(image));
  }

  /** Returns the number of windows along the spatial axes, if all are known. */
  Optional<long[]> windows() {
    return spatial(forward(gradient));
  }

  private Optional<long[]> spatial(Value value) {
    return step.shape(value)
        .map(shape -> Arrays.copyOfRange(shape.sizes(), 2, shape.rank()))
        .filter(sizes -> Arrays.stream(sizes).allMatch(length -> length >= 0));
  }

  /** Returns the pads of the image. */
  long[] pads() {
    return plane().map(window::padsFor).orElseGet(window::pads);
  }

  /** Returns the sizes of some axes of the image or the gradient as a list of integers. */
  Value sizes(Value value, int start, int end) {
    return step.sizes(forward(value), start, end);
  }

  /** Returns a value of the forward pass of the same shape, because only theirs are known. */
  private Value forward(Value value) {
    return value.equals(step.gradient()) ? step.y() : value;
  }

  /** Puts the given axes first; the spatial axes follow as they are. */
  Value exchanged(Value value, long... first) {
    LongStream rest = LongStream.range(first.length, (long) first.length + window.axes());
    return transposed(value, LongStream.concat(LongStream.of(first), rest).toArray());
  }

  /** Brings axes into another order. */
  Value transposed(Value value, long... order) {
    return step.graph().node("Transpose", value).with("perm", order).output();
  }
}
