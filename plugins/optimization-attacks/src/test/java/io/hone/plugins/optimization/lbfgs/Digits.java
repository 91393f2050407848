package io.hone.plugins.optimization.lbfgs;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import io.hone.onnx.runtime.OnnxRuntimeBackend;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The LeNet-5 that Hone ships, and images of MNIST's test set, for tests of strength. */
final class Digits {
  private static final ImageShape SHAPE = new ImageShape(1, 28, 28);
  private static final String FOLDER = "/io/hone/plugins/datasets/mnist/t10k-";
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

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
    int[] targets = new int[indices.length];
    Arrays.fill(targets, Batch.NO_TARGET);
    return of(indices, targets);
  }

  /** Returns images of the test set, each to become the class after its label. */
  static Batch towardNextClass(int... indices) {
    int[] targets = Arrays.stream(labels(indices)).map(label -> (label + 1) % 10).toArray();
    return of(indices, targets);
  }

  private static Batch of(int[] indices, int[] targets) {
    Tensor images = Tensor.images(indices.length, SHAPE);
    byte[] grey = read("images-idx3-ubyte.gz", IMAGES_HEADER + 10_000 * SHAPE.features());
    for (int row = 0; row < indices.length; row++) {
      int start = IMAGES_HEADER + indices[row] * SHAPE.features();
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        images.set(row, feature, Byte.toUnsignedInt(grey[start + feature]) / 255f);
      }
    }
    long[] samples = Arrays.stream(indices).asLongStream().toArray();
    return new Batch(new ImageBatch(images, samples), labels(indices), targets);
  }

  private static int[] labels(int[] indices) {
    byte[] labels = read("labels-idx1-ubyte.gz", LABELS_HEADER + 10_000);
    return Arrays.stream(indices).map(index -> labels[LABELS_HEADER + index]).toArray();
  }

  private static byte[] read(String name, int length) {
    try (InputStream file = new GZIPInputStream(Digits.class.getResourceAsStream(FOLDER + name))) {
      return file.readNBytes(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
