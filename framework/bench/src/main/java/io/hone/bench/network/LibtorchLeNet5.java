package io.hone.bench.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;

/** LeNet-5 in DJL on libtorch. */
public final class LibtorchLeNet5 extends LibtorchModel {
  private static final Shape TWO = new Shape(2, 2);

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

  public LibtorchLeNet5(LeNet5 network) {
    super(network);
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

  @Override
  NDArray logits(NDManager step, NDArray image) {
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
}
