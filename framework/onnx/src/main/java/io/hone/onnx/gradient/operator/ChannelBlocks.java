package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Window;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The kernels of a depthwise convolution: {@link WideRows} of blocks of channels, of which each
 * channel's product with itself is kept. Vector registers compute the other products for nothing.
 */
final class ChannelBlocks implements KernelFormulation {
  private static final int BLOCK = 8;

  @Override
  public boolean fits(KernelSlopes slopes) {
    Window window = slopes.window();
    return slopes.knowsChannels()
        && slopes.channelsIn() == 1
        && slopes.channelsOut() == 1
        && slopes.group() % BLOCK == 0
        && window.hasUnitStrides()
        && Arrays.stream(window.dilations()).allMatch(dilation -> dilation == 1);
  }

  @Override
  public Value write(KernelSlopes slopes) {
    BackwardStep step = slopes.step();
    long blocks = slopes.group() / BLOCK;
    Value product = WideImage.product(slopes, blocks, BLOCK);
    long places = LongStream.of(slopes.window().size()).reduce(1, (a, b) -> a * b);
    Value squares = step.op("Reshape", product, step.list(blocks, BLOCK, places, BLOCK));
    // A selection, because the products left out may be infinite.
    Value own = step.op("Where", diagonal(step), squares, step.scalar(0));
    Value sum = step.graph().node("ReduceSum", own, step.list(3)).with("keepdims", 0).output();
    return step.reshapeLike(sum, step.x(1));
  }

  private static Value diagonal(BackwardStep step) {
    float[] unit = new float[BLOCK * BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      unit[i * BLOCK + i] = 1;
    }
    ConstantTensor matrix = ConstantTensor.floats(unit, 1, BLOCK, 1, BLOCK);
    return step.op("Greater", step.graph().constant("diagonal", matrix), step.scalar(0));
  }
}
