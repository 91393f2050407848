package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Value;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Gradient of Col2Im, which adds patches to an image: cuts the same patches out, by a convolution
 * of which each kernel reads one pixel.
 */
final class PatchGradient {
  private PatchGradient() {}

  static void differentiate(BackwardStep step) {
    step.coverOnly(0);
    long[] block =
        step.constant(2)
            .orElseThrow(() -> step.refuse("its block_shape is not constant"))
            .toLongs();
    long[] ones = new long[block.length];
    Arrays.fill(ones, 1);
    int pixels = (int) LongStream.of(block).reduce(1, (a, b) -> a * b);
    float[] unit = new float[pixels * pixels];
    for (int i = 0; i < pixels; i++) {
      unit[i * pixels + i] = 1;
    }
    long[] sizes = LongStream.concat(LongStream.of(pixels, 1), LongStream.of(block)).toArray();
    Value kernels = step.graph().constant("pixels", ConstantTensor.floats(unit, sizes));
    Value channels = step.op("Reshape", step.gradient(), step.join(step.list(-1, 1), step.x(1)));
    Value patches =
        step.graph()
            .node("Conv", channels, kernels)
            .with("strides", step.node().integers("strides").orElse(ones))
            .with("dilations", step.node().integers("dilations").orElse(ones))
            .with("pads", step.node().integers("pads").orElse(new long[2 * block.length]))
            .output();
    step.give(0, step.reshapeLike(patches, step.x(0)));
  }
}
