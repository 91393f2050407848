package io.hone.bench.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import java.io.IOException;

/** A network in DJL on libtorch, from the same weights; only the image asks for a gradient. */
public abstract class LibtorchModel implements AutoCloseable {
  private static final float TOLERANCE = 1e-3f;

  private final NDManager manager = NDManager.newBaseManager();
  private final Network network;

  LibtorchModel(Network network) {
    this.network = network;
  }

  /** Returns the weights where libtorch keeps them. */
  final NDArray constant(Weights weights) {
    return manager.create(weights.values(), new Shape(weights.shape()));
  }

  /** Computes the logits {@code [N, K]}. */
  abstract NDArray logits(NDManager step, NDArray image);

  /**
   * Returns the gradient of each image's cross-entropy to that image.
   *
   * @param images {@code [N, C, H, W]}
   */
  public final Tensor gradient(Tensor images, int[] labels) {
    int count = images.rows();
    ImageShape size = images.imageShape();
    try (NDManager step = manager.newSubManager()) {
      Shape shape = new Shape(count, size.channels(), size.height(), size.width());
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

  /** Makes sure that both sides work out the same, before anybody compares their speed. */
  public final void checkAgainstHone(Tensor images, int[] labels) throws IOException {
    try (DifferentiableClassifier hone = (DifferentiableClassifier) HoneModel.open(network)) {
      ImageBatch batch = new ImageBatch(images, new long[images.rows()]);
      Tensor expected = hone.lossGradient(batch, Loss.crossEntropy(true), labels).gradient();
      Tensor actual = gradient(images, labels);
      double largest = 0;
      double difference = 0;
      for (int row = 0; row < images.rows(); row++) {
        for (int feature = 0; feature < expected.rowSize(); feature++) {
          largest = Math.max(largest, Math.abs(expected.get(row, feature)));
          difference =
              Math.max(difference, Math.abs(expected.get(row, feature) - actual.get(row, feature)));
        }
      }
      if (!(difference < TOLERANCE * largest)) {
        throw new IllegalStateException("the peer works out another gradient");
      }
    }
  }

  @Override
  public final void close() {
    manager.close();
  }
}
