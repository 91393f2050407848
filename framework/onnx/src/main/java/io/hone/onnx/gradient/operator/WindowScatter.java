package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The transpose of sliding a window: spreads each window's number over the pixels it was read from,
 * by ConvTranspose, and cuts the result to the image.
 */
final class WindowScatter {
  private final BackwardStep step;
  private final Window window;

  WindowScatter(BackwardStep step, Window window) {
    this.step = step;
    this.window = window;
  }

  /**
   * Spreads {@code numbers} with a kernel, [channels in, channels out / group, window...].
   *
   * @param image the forward value whose spatial size the result has
   */
  Value spread(Value numbers, Value kernel, long group, Value image) {
    Optional<long[]> size = spatial(step.shape(image));
    Optional<long[]> windows = spatial(step.shape(step.y()));
    return size.isPresent() && windows.isPresent()
        ? exact(numbers, kernel, group, size.get(), windows.get())
        : cut(numbers, kernel, group, image);
  }

  /** Adds each window's number to all pixels of the node's first input that the window reads. */
  Value repeat(Value numbers) {
    Value windows = step.sizes(step.y(), 2, 2 + window.axes());
    Value each = step.op("Reshape", numbers, step.join(step.list(-1, 1), windows));
    float[] ones = new float[(int) LongStream.of(window.size()).reduce(1, (a, b) -> a * b)];
    Arrays.fill(ones, 1);
    long[] sizes = LongStream.concat(LongStream.of(1, 1), LongStream.of(window.size())).toArray();
    Value kernel = step.graph().constant("ones", ConstantTensor.floats(ones, sizes));
    return step.reshapeLike(spread(each, kernel, 1, step.x(0)), step.x(0));
  }

  private static Optional<long[]> spatial(Optional<Shape> shape) {
    return shape
        .map(known -> Arrays.copyOfRange(known.sizes(), 2, known.rank()))
        .filter(sizes -> Arrays.stream(sizes).allMatch(size -> size >= 0));
  }

  /** With sizes known the cuts are attributes. */
  private Value exact(Value numbers, Value kernel, long group, long[] image, long[] windows) {
    int axes = window.axes();
    long[] pads = window.padsFor(image);
    long[] cuts = new long[2 * axes];
    long[] rest = new long[axes];
    for (int axis = 0; axis < axes; axis++) {
      long full = (windows[axis] - 1) * window.strides()[axis] + window.extent(axis);
      long after = full - pads[axis] - image[axis];
      cuts[axis] = pads[axis];
      cuts[axis + axes] = Math.max(0, after);
      // Pixels behind the last window were not read: their gradient is 0.
      rest[axis] = Math.max(0, -after);
    }
    return transposed(numbers, kernel, group, cuts, rest);
  }

  private Value transposed(Value numbers, Value kernel, long group, long[] cuts, long[] rest) {
    return step.graph()
        .node("ConvTranspose", numbers, kernel)
        .with("strides", window.strides())
        .with("dilations", window.dilations())
        .with("group", group)
        .with("pads", cuts)
        .with("output_padding", rest)
        .output();
  }

  /** Without them the whole spread is computed, and cut by sizes known when the graph runs. */
  private Value cut(Value numbers, Value kernel, long group, Value image) {
    int axes = window.axes();
    Value full = transposed(numbers, kernel, group, new long[2 * axes], new long[axes]);
    Value size = step.graph().node("Shape", image).with("start", 2).output();
    Value fullSize = step.graph().node("Shape", full).with("start", 2).output();
    Value surplus = step.op("Sub", fullSize, size);
    Value before;
    if (window.automatic() == Window.AutomaticPads.NONE) {
      before = step.list(Arrays.copyOf(window.pads(), axes));
    } else {
      Value total = step.op("Max", surplus, step.list(0));
      boolean upper = window.automatic() == Window.AutomaticPads.SAME_UPPER;
      Value rounded = upper ? total : step.op("Add", total, step.list(1));
      before = step.op("Div", rounded, step.list(2));
    }
    Value after = step.op("Sub", surplus, before);
    return step.op(
        "Pad",
        full,
        step.op("Neg", step.join(before, after)),
        Value.NONE,
        step.list(LongStream.range(2, 2 + axes).toArray()));
  }
}
