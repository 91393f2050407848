package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradients of convolutions; kernels and biases may depend on the image too. */
final class ConvolutionGradients {
  /**
   * Runtimes have fast convolutions where the channels they write fill whole vector registers;
   * below that ConvTranspose is up to 20 times as fast, from there on about as fast or slower (one
   * thread, ONNX Runtime 1.28, AVX-512).
   */
  private static final int CHANNEL_BLOCK = 16;

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
      step.give(1, kernels.of(new KernelSlopes(step, window, step.x(0), step.gradient())));
    }
    if (step.wants(2)) {
      step.give(2, sumPerChannel(step));
    }
    if (step.wants(0)) {
      toImage(step, window);
    }
  }

  /** Adds up everything that a bias was added to. */
  private static Value sumPerChannel(BackwardStep step) {
    int rank = step.rank(step.y());
    Shape shape = step.shape(step.y()).orElseThrow();
    long[] others = LongStream.range(0, rank).filter(axis -> axis != 1).toArray();
    return step.reshapeLike(step.sumOver(step.gradient(), shape, others), step.x(2));
  }

  private static void toImage(BackwardStep step, Window window) {
    long group = step.node().integer("group", 1);
    Optional<ConstantTensor> kernel =
        step.constant(1).filter(found -> found.type() == ElementType.FLOAT);
    if (kernel.isPresent() && isFlippable(window, kernel.get(), group)) {
      step.give(0, flipped(step, window, kernel.get(), group));
    } else {
      step.give(
          0, new WindowScatter(step, window).spread(step.gradient(), step.x(1), group, step.x(0)));
    }
  }

  private static boolean isFlippable(Window window, ConstantTensor kernel, long group) {
    if (!window.reachesAllPads()) {
      return false;
    }
    long channels = kernel.shape().axis(1).size();
    boolean depthwise = channels == 1 && group > 1;
    boolean point = Arrays.stream(window.size()).allMatch(size -> size == 1);
    return depthwise || (channels % CHANNEL_BLOCK == 0 && !point);
  }

  /** With stride 1 the gradient is a convolution with the kernel turned by half a circle. */
  private static Value flipped(
      BackwardStep step, Window window, ConstantTensor kernel, long group) {
    Value turned =
        step.graph().constant(step.x(1).name() + "_turned", turned(kernel, Math.toIntExact(group)));
    return step.graph()
        .node("Conv", step.gradient(), turned)
        .with("pads", window.turnedPads())
        .with("dilations", window.dilations())
        .with("group", group)
        .output();
  }

  /** Exchanges the channels of a kernel within each group and reverses every spatial axis. */
  static ConstantTensor turned(ConstantTensor kernel, int group) {
    long[] sizes = kernel.shape().sizes();
    int outputs = (int) sizes[0] / group;
    int inputs = (int) sizes[1];
    int area = (int) LongStream.of(sizes).skip(2).reduce(1, (a, b) -> a * b);
    float[] source = kernel.toFloats();
    float[] result = new float[source.length];
    for (int g = 0; g < group; g++) {
      for (int output = 0; output < outputs; output++) {
        for (int input = 0; input < inputs; input++) {
          int from = ((g * outputs + output) * inputs + input) * area;
          int to = ((g * inputs + input) * outputs + output) * area;
          for (int i = 0; i < area; i++) {
            result[to + area - 1 - i] = source[from + i];
          }
        }
      }
    }
    long[] turnedSizes = sizes.clone();
    turnedSizes[0] = (long) inputs * group;
    turnedSizes[1] = outputs;
    return ConstantTensor.floats(result, turnedSizes);
  }

  /** The kernel of a ConvTranspose is that of the Conv which takes its gradient back. */
  private static void transposedConvolution(BackwardStep step) {
    step.coverOnly(0);
    long[] size = windowSize(step);
    Window window = Window.of(step.node(), size);
    long[] pads = TransposedPads.of(step, size);
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
