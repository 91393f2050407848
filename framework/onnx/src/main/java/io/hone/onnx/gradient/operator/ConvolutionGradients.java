package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradients of convolutions; kernels and biases may depend on the image too. */
final class ConvolutionGradients {
  private ConvolutionGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        withKernels(new KernelGradient(Optional.empty())),
        OperatorGradient.of("ConvTranspose", ConvolutionGradients::transposedConvolution));
  }

  /** Returns Conv's rule with a way to write the gradients of kernels. */
  static OperatorGradient withKernels(KernelGradient kernels) {
    return OperatorGradient.of("Conv", step -> convolution(step, kernels));
  }

  private static long[] windowSize(BackwardStep step) {
    return step.node()
        .integers("kernel_shape")
        .or(
            () ->
                step.shape(step.x(1))
                    .filter(Shape::isFixed)
                    .map(kernel -> Arrays.copyOfRange(kernel.sizes(), 2, kernel.rank())))
        .orElseThrow(() -> step.refuse("the size of its kernel is not known"));
  }

  private static void convolution(BackwardStep step, KernelGradient kernels) {
    Window window = Window.of(step.node(), windowSize(step));
    if (step.wants(1)) {
      step.give(1, kernels.of(KernelSlopes.of(step, window)));
    }
    if (step.wants(2)) {
      step.give(2, step.sumPerChannel(step.gradient(), step.y(), step.x(2)));
    }
    if (step.wants(0)) {
      toImage(step, window);
    }
  }

  private static void toImage(BackwardStep step, Window window) {
    long group = step.node().integer("group", 1);
    TurnedConvolution turned = new TurnedConvolution(step, window, group);
    if (turned.pays()) {
      step.give(0, turned.ofGradient());
    } else {
      step.give(
          0, new WindowScatter(step, window).spread(step.gradient(), step.x(1), group, step.x(0)));
    }
  }

  /**
   * The kernel of a ConvTranspose is that of the Conv which takes its gradient back: there the
   * gradient is the image, and the image what the kernel writes.
   */
  private static void transposedConvolution(BackwardStep step) {
    long[] size = windowSize(step);
    Window window = Window.of(step.node(), size);
    long[] pads = TransposedPads.of(step, size);
    if (step.wants(0)) {
      Value back =
          step.graph()
              .node("Conv", step.gradient(), step.x(1))
              .with("strides", window.strides())
              .with("dilations", window.dilations())
              .with("pads", pads)
              .with("group", step.node().integer("group", 1))
              .output();
      step.give(0, cutTo(step, back, window));
    }
    if (step.wants(1)) {
      Window plain =
          new Window(size, window.strides(), window.dilations(), pads, Window.AutomaticPads.NONE);
      step.give(
          1,
          new KernelGradient(formOfTransposed(step))
              .of(new KernelSlopes(step, plain, step.gradient(), step.x(0))));
    }
    if (step.wants(2)) {
      step.give(2, step.sumPerChannel(step.gradient(), step.y(), step.x(2)));
    }
  }

  /** Pixels that no window of the gradient reaches fit the general form alone. */
  private static Optional<KernelForm> formOfTransposed(BackwardStep step) {
    long[] rest = step.node().integers("output_padding").orElse(new long[0]);
    boolean plain =
        Arrays.stream(rest).allMatch(pixels -> pixels == 0)
            && step.node().integers("output_shape").isEmpty();
    return plain ? Optional.empty() : Optional.of(KernelForm.EXCHANGED_AXES);
  }

  /** An output padding of a stride or more makes room for windows that have no input pixel. */
  private static Value cutTo(BackwardStep step, Value back, Window window) {
    long[] rest = step.node().integers("output_padding").orElse(new long[window.axes()]);
    boolean fits = step.node().integers("output_shape").isEmpty();
    for (int axis = 0; axis < window.axes(); axis++) {
      fits &= rest[axis] < window.strides()[axis];
    }
    if (fits) {
      return back;
    }
    Value ends = step.graph().node("Shape", step.x(0)).with("start", 2).output();
    long[] axes = LongStream.range(2, 2 + window.axes()).toArray();
    return step.op("Slice", back, step.list(new long[window.axes()]), ends, step.list(axes));
  }
}
