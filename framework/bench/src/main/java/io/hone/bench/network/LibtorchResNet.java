package io.hone.bench.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Optional;

/** A residual network in DJL on libtorch. */
public final class LibtorchResNet extends LibtorchModel {
  private static final float EPSILON = 1e-5f;
  private static final Shape ONE = new Shape(1, 1);

  private final Convolution stem;
  private final List<Block> blocks;
  private final NDArray dense;
  private final NDArray bias;

  public LibtorchResNet(ResNet network) {
    super(network);
    stem = new Convolution(network.stem);
    blocks =
        network.blocks.stream()
            .map(
                block ->
                    new Block(
                        block.path().stream().map(Convolution::new).toList(),
                        block.shortcut().map(Convolution::new)))
            .toList();
    dense = constant(network.dense);
    bias = constant(network.bias);
  }

  private record Block(List<Convolution> path, Optional<Convolution> shortcut) {}

  /** One convolution's weights where libtorch keeps them. */
  private final class Convolution {
    private final NDArray kernel;
    private final NDArray scale;
    private final NDArray shift;
    private final NDArray mean;
    private final NDArray variance;
    private final Shape stride;
    private final Shape padding;

    Convolution(ResNet.Convolution source) {
      kernel = constant(source.kernel());
      scale = constant(source.scale());
      shift = constant(source.shift());
      mean = constant(source.mean());
      variance = constant(source.variance());
      stride = new Shape(source.stride(), source.stride());
      padding = new Shape(source.padding(), source.padding());
    }

    NDArray apply(NDArray value) {
      NDArray convolved =
          Conv2d.conv2d(value, kernel, null, stride, padding, ONE, 1).singletonOrThrow();
      convolved.attach(value.getManager());
      NDArray normalized =
          BatchNorm.batchNorm(convolved, mean, variance, scale, shift, 1, 0.1f, EPSILON, false)
              .singletonOrThrow();
      normalized.attach(value.getManager());
      return normalized;
    }
  }

  @Override
  NDArray logits(NDManager step, NDArray image) {
    NDArray value =
        Pool.maxPool2d(
            Activation.relu(stem.apply(image)),
            new Shape(3, 3),
            new Shape(2, 2),
            new Shape(1, 1),
            false);
    for (Block block : blocks) {
      NDArray path = value;
      for (int i = 0; i < block.path().size(); i++) {
        path = block.path().get(i).apply(i == 0 ? path : Activation.relu(path));
      }
      NDArray input = value;
      NDArray shortcut = block.shortcut().map(found -> found.apply(input)).orElse(input);
      value = Activation.relu(path.add(shortcut));
    }
    NDArray flat = Pool.globalAvgPool2d(value);
    return Linear.linear(flat, dense, bias).singletonOrThrow();
  }
}
