package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradients of pooling. */
final class PoolingGradients {
  private PoolingGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("AveragePool", PoolingGradients::averagePool),
        OperatorGradient.of("Col2Im", PatchGradient::differentiate),
        OperatorGradient.of("GlobalAveragePool", PoolingGradients::globalAveragePool),
        OperatorGradient.of("GlobalLpPool", PowerPoolGradient::ofWhole),
        OperatorGradient.of("GlobalMaxPool", PoolingGradients::globalMaxPool),
        OperatorGradient.of("LpPool", PowerPoolGradient::ofWindows),
        OperatorGradient.of("MaxPool", PoolingGradients::maxPool),
        OperatorGradient.of("MaxUnpool", PoolingGradients::maxUnpool));
  }

  static Window window(BackwardStep step) {
    return Window.of(
        step.node(),
        step.node()
            .integers("kernel_shape")
            .orElseThrow(() -> step.refuse("it has no kernel_shape")));
  }

  /**
   * Each window's gradient goes to the pixel that was its maximum, the first one where several
   * were. Where windows tile the image that pixel is found by comparing; where they do not the
   * forward node says which, as indices into all elements of the batch, which takes it 20 times as
   * long.
   */
  private static void maxPool(BackwardStep step) {
    Window window = window(step);
    if (window.tiles()) {
      step.give(0, new WindowTiles(step, window).toFirstMaximum());
      return;
    }
    Value indices = indices(step);
    Value every = step.list(-1);
    Value zeros = step.zeros(step.op("Reshape", step.op("Size", step.x(0)), step.list(1)));
    Value flatIndices = step.op("Reshape", indices, every);
    Value flatGradient = step.op("Reshape", step.gradient(), every);
    Scatter scatter = new Scatter(step, zeros, flatIndices, flatGradient);
    step.give(0, step.reshapeLike(scatter.along(0, window.overlaps()), step.x(0)));
  }

  private static Value indices(BackwardStep step) {
    Node node = step.node();
    if (node.integer("storage_order", 0) == 0) {
      return step.extraOutput(1);
    }
    // This node counts its indices column by column: another one counts row by row.
    Value unused = new Value(step.graph().freshName("pooled"));
    Value indices = new Value(step.graph().freshName("indices"));
    step.graph().add(node.without("storage_order").withOutputs(List.of(unused, indices)));
    return indices;
  }

  /** Scatters gradients into zeros. */
  private record Scatter(BackwardStep step, Value zeros, Value indices, Value gradient) {
    Value along(long axis, boolean meets) {
      var node = step.graph().node("ScatterElements", zeros, indices, gradient).with("axis", axis);
      return meets ? node.with("reduction", "add").output() : node.output();
    }
  }

  private static void globalMaxPool(BackwardStep step) {
    Value rows = step.op("Reshape", step.x(0), step.list(0, 0, -1));
    Value place = step.graph().node("ArgMax", rows).with("axis", 2).with("keepdims", 1).output();
    Value gradient = step.op("Reshape", step.gradient(), step.list(0, 0, -1));
    Value zeros = step.zeros(step.op("Shape", rows));
    Value scattered = new Scatter(step, zeros, place, gradient).along(2, false);
    step.give(0, step.reshapeLike(scattered, step.x(0)));
  }

  /** Each number went to one place, counted through the whole result. */
  private static void maxUnpool(BackwardStep step) {
    Value flat = step.op("Reshape", step.gradient(), step.list(-1));
    step.give(0, step.op("Gather", flat, step.x(1)));
  }

  private static void globalAveragePool(BackwardStep step) {
    Optional<long[]> size =
        step.shape(step.x(0))
            .map(shape -> Arrays.copyOfRange(shape.sizes(), 2, shape.rank()))
            .filter(sizes -> Arrays.stream(sizes).allMatch(length -> length >= 0));
    Value count;
    if (size.isPresent()) {
      count = step.scalar(LongStream.of(size.get()).reduce(1, (a, b) -> a * b));
    } else {
      Value ratio = step.op("Div", step.op("Size", step.x(0)), step.op("Size", step.y()));
      count = step.graph().node("Cast", ratio).with("to", ElementType.FLOAT.code()).output();
    }
    Value share = step.op("Div", step.gradient(), count);
    step.give(0, step.op("Expand", share, step.shapeOf(step.x(0))));
  }

  /**
   * Every pixel of a window receives the window's gradient over its divisor. Which pixels a divisor
   * counts (padding, windows that reach out of the image) is read from the node itself: what it
   * makes of ones is their number over the divisor.
   */
  private static void averagePool(BackwardStep step) {
    Window window = window(step);
    int axes = window.axes();
    boolean plain = step.node().integer("ceil_mode", 0) == 0;
    if (window.tiles() && plain && Arrays.stream(window.pads()).allMatch(pad -> pad == 0)) {
      step.give(0, new WindowTiles(step, window).toAll());
      return;
    }
    Value image = step.sizes(step.x(0), 2, 2 + axes);
    Value weighted = step.mul(step.gradient(), shareOfOne(step, window, image));
    step.give(0, new WindowScatter(step, window).repeat(weighted));
  }

  /** Returns 1 / divisor of each window: a number, or [1, 1, windows...]. */
  private static Value shareOfOne(BackwardStep step, Window window, Value image) {
    boolean padded =
        window.automatic() != Window.AutomaticPads.NONE
            || Arrays.stream(window.pads()).anyMatch(pad -> pad != 0);
    boolean counted = !padded || step.node().integer("count_include_pad", 0) != 0;
    if (counted && step.node().integer("ceil_mode", 0) == 0) {
      return step.scalar(1.0 / LongStream.of(window.size()).reduce(1, (a, b) -> a * b));
    }
    Value ones = step.ones(step.join(step.list(1, 1), image));
    Value mean = step.graph().copy(step.node().withInputs(List.of(ones)));
    Value number =
        step.graph()
            .copy(
                step.node()
                    .without("count_include_pad")
                    .withOperator("LpPool")
                    .with("p", 1)
                    .withInputs(List.of(ones)));
    return step.op("Div", mean, step.op("Max", number, step.scalar(1)));
  }
}
