package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The gradient of a convolution to its image as a convolution of the gradient, with the kernel
 * turned by half a circle: possible at stride 1, else ConvTranspose.
 */
final class TurnedConvolution {
  /**
   * Runtimes have fast convolutions where the channels they write fill whole vector registers;
   * below that ConvTranspose is up to 20 times as fast, from there on about as fast or slower (one
   * thread, ONNX Runtime 1.28, AVX-512). A kernel that is fed needs as many channels: with 16 to
   * 128 of them ConvTranspose takes 1.1 to 1.5 times as long, with 1 to 6 a fifth to a half.
   */
  private static final int CHANNEL_BLOCK = 16;

  private final BackwardStep step;
  private final Window window;
  private final long group;
  private final Optional<ConstantTensor> constant;

  TurnedConvolution(BackwardStep step, Window window, long group) {
    this.step = step;
    this.window = window;
    this.group = group;
    this.constant = step.constant(1).filter(found -> found.type() == ElementType.FLOAT);
  }

  /** Returns whether it holds, and is faster than ConvTranspose. */
  boolean pays() {
    long channels = step.shape(step.x(1)).map(kernel -> kernel.axis(1).size()).orElse(-1L);
    if (!window.reachesAllPads() || channels < 0) {
      return false;
    }
    if (constant.isEmpty()) {
      return group == 1 && channels >= CHANNEL_BLOCK;
    }
    boolean depthwise = channels == 1 && group > 1;
    return depthwise || (channels % CHANNEL_BLOCK == 0 && !isPoint());
  }

  private boolean isPoint() {
    return Arrays.stream(window.size()).allMatch(size -> size == 1);
  }

  /** Returns the gradient to the image. */
  Value ofGradient() {
    return step.graph()
        .node("Conv", step.gradient(), constant.map(this::turned).orElseGet(this::turnedWhereFed))
        .with("pads", window.turnedPads())
        .with("dilations", window.dilations())
        .with("group", group)
        .output();
  }

  private Value turned(ConstantTensor kernel) {
    ConstantTensor turned = turned(kernel, Math.toIntExact(group));
    return step.graph().constant(step.x(1).name() + "_turned", turned);
  }

  /** Exchanges the channels of a kernel within each group and reverses every spatial axis. */
  private static ConstantTensor turned(ConstantTensor kernel, int group) {
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

  /** The same by nodes, for a kernel of one group. */
  private Value turnedWhereFed() {
    int axes = window.axes();
    long[] order = LongStream.range(0, 2L + axes).toArray();
    order[0] = 1;
    order[1] = 0;
    Value exchanged = step.graph().node("Transpose", step.x(1)).with("perm", order).output();
    if (isPoint()) {
      return exchanged;
    }
    return step.reversed(exchanged, 2, 2 + axes);
  }
}
