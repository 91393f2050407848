package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** Spreads gradients of windows that are side by side: a window's number is repeated over it. */
final class WindowTiles {
  private final BackwardStep step;
  private final Window window;
  private final int axes;
  private final Value scales;

  WindowTiles(BackwardStep step, Window window) {
    this.step = step;
    this.window = window;
    this.axes = window.axes();
    float[] factors = new float[axes + 2];
    Arrays.fill(factors, 1);
    for (int axis = 0; axis < axes; axis++) {
      factors[axis + 2] = window.size()[axis];
    }
    this.scales = step.graph().constant("scales", ConstantTensor.floats(factors, factors.length));
  }

  /** Gives every pixel of a window the same share of the window's gradient. */
  Value toAll() {
    Value share = step.mul(step.gradient(), step.scalar(1.0 / area()));
    return cut(repeated(share));
  }

  /** Gives the whole gradient of a window to the first pixel that equals its maximum. */
  Value toFirstMaximum() {
    Value image = filled();
    Value maxima = step.op("Equal", image, repeated(step.y()));
    // The earlier a maximum is in its window, the larger its number.
    Value rank = step.mul(step.number(maxima), ranks());
    Value best =
        step.graph()
            .node("MaxPool", rank)
            .with("kernel_shape", window.size())
            .with("strides", window.strides())
            .output();
    Value first = step.op("Equal", rank, repeated(best));
    return cut(step.where(first, repeated(step.gradient())));
  }

  private long area() {
    return LongStream.of(window.size()).reduce(1, (a, b) -> a * b);
  }

  private Value repeated(Value perWindow) {
    return step.graph()
        .node("Resize", perWindow, Value.NONE, scales)
        .with("mode", "nearest")
        .with("coordinate_transformation_mode", "asymmetric")
        .with("nearest_mode", "floor")
        .output();
  }

  /** Returns [1, 1, height, width]: each window counts down from its number of pixels to 1. */
  private Value ranks() {
    float[] ranks = new float[Math.toIntExact(area())];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = ranks.length - i;
    }
    long[] sizes = LongStream.concat(LongStream.of(1, 1), LongStream.of(window.size())).toArray();
    Value one = step.graph().constant("ranks", ConstantTensor.floats(ranks, sizes));
    return step.op("Tile", one, step.join(step.list(1, 1), step.sizes(step.y(), 2, 2 + axes)));
  }

  /** Returns the image with what its windows reach beyond it, smaller than any pixel. */
  private Value filled() {
    return isWhole()
        ? step.x(0)
        : step.op(
            "Pad", step.x(0), margins(), step.scalar(Double.NEGATIVE_INFINITY), spatialAxes());
  }

  /** Takes from all windows' pixels those of the image; pixels outside any window get 0. */
  private Value cut(Value tiles) {
    return isWhole()
        ? tiles
        : step.op("Pad", tiles, step.op("Neg", margins()), Value.NONE, spatialAxes());
  }

  private Value spatialAxes() {
    return step.list(LongStream.range(2, 2 + axes).toArray());
  }

  /** Whether the windows are known to cover the image exactly. */
  private boolean isWhole() {
    return fixedMargins().filter(all -> Arrays.stream(all).allMatch(one -> one == 0)).isPresent();
  }

  private Value margins() {
    Optional<long[]> fixed = fixedMargins();
    if (fixed.isPresent()) {
      return step.list(fixed.get());
    }
    Value before = step.list(Arrays.copyOf(window.pads(), axes));
    Value covered = step.op("Mul", step.sizes(step.y(), 2, 2 + axes), step.list(window.size()));
    Value after =
        step.op("Sub", step.op("Sub", covered, step.sizes(step.x(0), 2, 2 + axes)), before);
    return step.join(before, after);
  }

  /** Returns how far the windows reach beyond the image; negative where they do not cover it. */
  private Optional<long[]> fixedMargins() {
    Optional<Shape> image = step.shape(step.x(0));
    Optional<Shape> windows = step.shape(step.y());
    if (image.isEmpty() || windows.isEmpty()) {
      return Optional.empty();
    }
    long[] margins = new long[2 * axes];
    for (int axis = 0; axis < axes; axis++) {
      long size = image.get().axis(axis + 2).size();
      long count = windows.get().axis(axis + 2).size();
      if (size < 0 || count < 0) {
        return Optional.empty();
      }
      margins[axis] = window.pads()[axis];
      margins[axis + axes] = count * window.size()[axis] - size - margins[axis];
    }
    return Optional.of(margins);
  }
}
