package io.hone.plugins.optimization;

import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.tensor.Tensor;
import io.hone.onnx.runtime.OnnxRuntimeBackend;
import io.hone.plugins.datasets.mnist.Mnist;
import io.hone.plugins.datasets.mnist.Split;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The LeNet-5 that Hone ships and the digits of MNIST's test set that it knows. */
public final class Digits {
  private Digits() {}

  /** Opens the model. */
  public static DifferentiableClassifier lenet5() {
    Path file = Path.of("..", "..", "models", "mnist-lenet5", "model.onnx");
    OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
    return (DifferentiableClassifier)
        backend.openClassifier(
            OnnxRuntimeBackend.Params.CPU, backend.describe(file).orElseThrow(), new TestRun(1));
  }

  /** Returns those of the first {@code count} images that the model is right about. */
  public static Batch known(int count, boolean targeted, DifferentiableClassifier model) {
    Mnist.Params test = new Mnist.Params(Split.TEST, List.of(), Optional.empty(), List.of());
    try (Dataset digits = new Mnist().open(test, List.of(), new TestRun(1))) {
      Tensor pixels = Tensor.images(count, digits.shape());
      int[] labels = new int[count];
      digits.read(0, pixels, labels);
      int[] targets =
          Arrays.stream(labels)
              .map(label -> targeted ? (label + 1) % 10 : Batch.NO_TARGET)
              .toArray();
      ImageBatch images = new ImageBatch(pixels, LongStream.range(0, count).toArray());
      int[] predicted = model.predict(images);
      return new Batch(images, labels, targets)
          .select(IntStream.range(0, count).filter(row -> predicted[row] == labels[row]).toArray());
    }
  }
}
