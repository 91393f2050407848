package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Gradient of Resize in any mode: the size changes along one axis after the other, each by a
 * matrix. Enlarging by whole numbers to the nearest pixel is a sum over blocks.
 */
final class ResizeGradient {
  private final BackwardStep step;
  private final Node node;
  private final int rank;
  private final long[] axes;

  /** Where each axis starts and ends, as parts of it, if the node crops. */
  private final Optional<float[]> crop;

  private ResizeGradient(BackwardStep step) {
    this.step = step;
    this.node = step.node();
    this.rank = step.rank(step.x(0));
    this.axes =
        Arrays.stream(node.integers("axes").orElse(LongStream.range(0, rank).toArray()))
            .map(axis -> axis < 0 ? axis + rank : axis)
            .toArray();
    this.crop = crop();
  }

  private Optional<float[]> crop() {
    if (!node.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize")) {
      return Optional.empty();
    }
    return Optional.of(
        step.constant(1)
            .map(ConstantTensor::toFloats)
            .filter(limits -> limits.length == 2 * axes.length)
            .orElseThrow(() -> step.refuse("what it crops (tf_crop_and_resize) is not constant")));
  }

  static void differentiate(BackwardStep step) {
    step.coverOnly(0);
    new ResizeGradient(step).differentiate();
  }

  private void differentiate() {
    if (!node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      throw step.refuse("its sizes depend on each other (keep_aspect_ratio_policy)");
    }
    Optional<Shape> before = step.shape(step.x(0));
    Optional<Shape> after = step.shape(step.y());
    boolean sameSize = before.isPresent() && after.isPresent() && before.get().sameAs(after.get());
    if (sameSize && crop.isEmpty()) {
      step.give(0, step.gradient());
      return;
    }
    Optional<long[]> factors = wholeFactors();
    step.give(0, factors.isPresent() ? sumOfBlocks(factors.get()) : alongEachAxis());
  }

  /**
   * Returns by how much each axis is enlarged, where every output pixel copies its block's pixel.
   */
  private Optional<long[]> wholeFactors() {
    Optional<ConstantTensor> constant = step.constant(2);
    if (!node.text("mode", "nearest").equals("nearest") || rank != 4 || constant.isEmpty()) {
      return Optional.empty();
    }
    float[] scales = constant.get().toFloats();
    if (scales.length != axes.length) {
      return Optional.empty();
    }
    String coordinates = node.text("coordinate_transformation_mode", "half_pixel");
    String rounding = node.text("nearest_mode", "round_prefer_floor");
    boolean copies =
        coordinates.equals("asymmetric") && rounding.equals("floor")
            || coordinates.equals("half_pixel") && rounding.startsWith("round");
    long[] factors = {1, 1, 1, 1};
    for (int i = 0; i < scales.length; i++) {
      long factor = (long) scales[i];
      if (!copies || factor != scales[i] || factor < 1) {
        return Optional.empty();
      }
      factors[(int) axes[i]] = factor;
    }
    return factors[0] == 1 && factors[1] == 1 ? Optional.of(factors) : Optional.empty();
  }

  private Value sumOfBlocks(long[] factors) {
    Value mean =
        step.graph()
            .node("AveragePool", step.gradient())
            .with("kernel_shape", new long[] {factors[2], factors[3]})
            .with("strides", new long[] {factors[2], factors[3]})
            .output();
    return step.mul(mean, step.scalar((double) factors[2] * factors[3]));
  }

  private Value alongEachAxis() {
    Value gradient = step.gradient();
    for (int i = 0; i < axes.length; i++) {
      int axis = (int) axes[i];
      int position = i;
      if (!isUntouched(axis, i)) {
        gradient =
            LinearAlongAxis.of(step, axis).transposed(gradient, unit -> resizeRows(unit, position));
      }
    }
    return gradient;
  }

  private boolean isUntouched(int axis, int position) {
    if (crop.isPresent()
        && (crop.get()[position] != 0 || crop.get()[position + axes.length] != 1)) {
      return false;
    }
    boolean unitScale =
        step.constant(2)
            .map(ConstantTensor::toFloats)
            .map(scales -> scales.length == axes.length && scales[position] == 1)
            .orElse(false);
    Optional<Shape> before = step.shape(step.x(0));
    Optional<Shape> after = step.shape(step.y());
    boolean sameSize =
        before.isPresent()
            && after.isPresent()
            && before.get().axis(axis).sameAs(after.get().axis(axis))
            && !hasScales();
    return unitScale || sameSize;
  }

  /**
   * Applies the node itself to the rows of the unit matrix, along the axis at the given position.
   * The rows go in as columns of an image of width 1 that is made 2 wide: a runtime may copy an
   * image whose size does not change without looking at the scale.
   */
  private Value resizeRows(Value unit, int position) {
    Value image = step.op("Unsqueeze", unit, step.list(0, 3));
    Node alone = node.without("axes", "extrapolation_value");
    Value resized = step.graph().copy(alone.withInputs(rowInputs(image, position)));
    Value first = step.op("Slice", resized, step.list(0), step.list(1), step.list(3));
    Value columns = step.op("Squeeze", first, step.list(0, 3));
    return step.graph().node("Transpose", columns).with("perm", new long[] {1, 0}).output();
  }

  private List<Value> rowInputs(Value image, int position) {
    Value at = step.list(position);
    if (hasScales()) {
      Value scale = step.op("Gather", step.x(2), at);
      Value scales = step.join(number(1), number(1), scale, number(2));
      return List.of(image, limits(position), scales);
    }
    int axis = (int) axes[position];
    Value size = step.op("Gather", step.x(3), at);
    Value rows = step.sizes(step.x(0), axis, axis + 1);
    Value sizes = step.join(step.list(1), rows, size, step.list(2));
    return List.of(image, limits(position), Value.NONE, sizes);
  }

  /** In opset 11 an empty list stood for scales that were left out. */
  private boolean hasScales() {
    boolean empty = step.constant(2).filter(list -> list.shape().elements() == 0).isPresent();
    return !step.x(2).isAbsent() && !empty;
  }

  private Value limits(int position) {
    if (crop.isEmpty()) {
      return Value.NONE;
    }
    float start = crop.get()[position];
    float end = crop.get()[position + axes.length];
    float[] limits = {0, 0, start, 0, 1, 1, end, 1};
    return step.graph().constant("limits", ConstantTensor.floats(limits, limits.length));
  }

  private Value number(float number) {
    return step.graph().constant("number", ConstantTensor.floats(new float[] {number}, 1));
  }
}
