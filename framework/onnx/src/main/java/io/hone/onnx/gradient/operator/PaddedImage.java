package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.stream.LongStream;

/** The image of a node that decides about its pads itself, padded by the size that a run tells. */
final class PaddedImage {
  private final BackwardStep step;
  private final Window window;

  /**
   * Creates the image.
   *
   * @param window whose pads depend on the size of the image
   */
  PaddedImage(BackwardStep step, Window window) {
    this.step = step;
    this.window = window;
  }

  /** Writes the image with its pads, over which the same windows slide without any. */
  Value write() {
    int axes = window.axes();
    long[] extents = LongStream.range(0, axes).map(axis -> window.extent((int) axis)).toArray();
    Value steps =
        step.op(
            "Mul",
            step.op("Sub", step.sizes(step.y(), 2, 2 + axes), step.list(1)),
            step.list(window.strides()));
    Value read = step.op("Add", steps, step.list(extents));
    Value missing = step.op("Sub", read, step.sizes(step.x(0), 2, 2 + axes));
    Value total = step.op("Max", missing, step.list(0));
    boolean upper = window.automatic() == Window.AutomaticPads.SAME_UPPER;
    Value half = step.op("Div", upper ? total : step.op("Add", total, step.list(1)), step.list(2));
    Value pads = step.join(half, step.op("Sub", total, half));
    return step.op(
        "Pad", step.x(0), pads, Value.NONE, step.list(LongStream.range(2, 2 + axes).toArray()));
  }
}
