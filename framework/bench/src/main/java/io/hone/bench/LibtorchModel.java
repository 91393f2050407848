package io.hone.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import io.hone.api.tensor.Tensor;

/** LeNet-5 in DJL on libtorch, from the same weights; only the image asks for a gradient. */
final class LibtorchModel implements AutoCloseable {
  private static final Shape TWO = new Shape(2, 2);

  private final NDManager manager;
  private final NDArray firstConvolution;
  private final NDArray firstShift;
  private final NDArray secondConvolution;
  private final NDArray secondShift;
  private final NDArray firstDense;
  private final NDArray firstBias;
  private final NDArray secondDense;
  private final NDArray secondBias;
  private final NDArray lastDense;
  private final NDArray lastBias;

  LibtorchModel(LeNet5 network) {
    manager = NDManager.newBaseManager();
    firstConvolution = constant(network.firstConvolution);
    firstShift = constant(network.firstShift);
    secondConvolution = constant(network.secondConvolution);
    secondShift = constant(network.secondShift);
    firstDense = constant(network.firstDense);
    firstBias = constant(network.firstBias);
    secondDense = constant(network.secondDense);
    secondBias = constant(network.secondBias);
    lastDense = constant(network.lastDense);
    lastBias = constant(network.lastBias);
  }

  private NDArray constant(LeNet5.Weights weights) {
    return manager.create(weights.values(), new Shape(weights.shape()));
  }

  /**
   * Returns the gradient of each image's cross-entropy to that image.
   *
   * @param images {@code [N, 1, 28, 28]}
   */
  Tensor gradient(Tensor images, int[] labels) {
    int count = images.rows();
    try (NDManager step = manager.newSubManager()) {
      Shape shape = new Shape(count, 1, LeNet5.SIDE, LeNet5.SIDE);
      NDArray image = step.create(images.buffer(), shape, DataType.FLOAT32);
      NDArray wanted = step.create(labels, new Shape(count, 1)).toType(DataType.INT64, false);
      image.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray likelihood = logits(step, image).logSoftmax(1).gather(wanted, 1);
        collector.backward(likelihood.sum().neg());
      }
      Tensor gradient = Tensor.zeros(images.shape());
      gradient.buffer().put(image.getGradient().toFloatArray());
      return gradient;
    }
  }

  private NDArray logits(NDManager step, NDArray image) {
    NDArray first = block(step, image, firstConvolution, firstShift);
    NDArray second = block(step, first, secondConvolution, secondShift);
    NDArray flat = second.reshape(second.getShape().get(0), -1);
    NDArray hidden = Activation.relu(Linear.linear(flat, firstDense, firstBias).singletonOrThrow());
    NDArray deeper =
        Activation.relu(Linear.linear(hidden, secondDense, secondBias).singletonOrThrow());
    return Linear.linear(deeper, lastDense, lastBias).singletonOrThrow();
  }

  private static NDArray block(NDManager step, NDArray value, NDArray kernel, NDArray shift) {
    NDArray convolved = Conv2d.conv2d(value, kernel, shift).singletonOrThrow();
    convolved.attach(step);
    return Pool.avgPool2d(Activation.relu(convolved), TWO, TWO, new Shape(0, 0), false, true);
  }

  @Override
  public void close() {
    manager.close();
  }
}
