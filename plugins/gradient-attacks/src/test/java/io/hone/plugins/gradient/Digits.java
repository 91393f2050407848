package io.hone.plugins.gradient;

import io.hone.api.DatasetRequest;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.plugins.datasets.mnist.Mnist;
import io.hone.plugins.datasets.mnist.Split;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The LeNet-5 that Hone ships, and images of MNIST's test set, for tests of strength. */
final class Digits {
  private Digits() {}

  static DifferentiableClassifier lenet5() {
    Path file = Path.of("..", "..", "models", "mnist-lenet5", "model.onnx");
    OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
    return (DifferentiableClassifier)
        backend.openClassifier(
            OnnxRuntimeBackend.Params.CPU, backend.describe(file).orElseThrow(), new TestRun(1));
  }

  /** Returns images of the test set by their index there, for an untargeted goal. */
  static Batch untargeted(int... indices) {
    return of(false, indices);
  }

  /** Returns images of the test set, each to become the class after its label. */
  static Batch towardNextClass(int... indices) {
    return of(true, indices);
  }

  private static Batch of(boolean targeted, int... indices) {
    Mnist.Params test = new Mnist.Params(Split.TEST, List.of(), Optional.empty(), List.of());
    try (Dataset digits = new Mnist().open(test, DatasetRequest.open(), new TestRun(1))) {
      Tensor pixels = Tensor.images(indices.length, digits.shape());
      int[] labels = new int[indices.length];
      int[] label = new int[1];
      for (int row = 0; row < indices.length; row++) {
        digits.read(indices[row], pixels.rows(row, row + 1), label);
        labels[row] = label[0];
      }
      int[] targets =
          Arrays.stream(labels)
              .map(known -> targeted ? (known + 1) % 10 : Batch.NO_TARGET)
              .toArray();
      long[] samples = Arrays.stream(indices).asLongStream().toArray();
      return new Batch(new ImageBatch(pixels, samples), labels, targets);
    }
  }
}
