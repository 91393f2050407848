package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.numpy.NumpyArray;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real networks as their exporter wrote them, against the autograd of the framework they came from.
 * The files are too large to be here: {@code src/test/peers/export_models.py FOLDER} makes them,
 * and {@code -Dhone.exported=FOLDER} names them.
 */
class ExportedModelsTest {
  private static final String PROPERTY = "hone.exported";

  /** In relation to the length of the whole; exporters fold, and runtimes sum in another order. */
  private static final double TOLERANCE = 1e-3;

  /** How often farther the gradient may be off than rounding noise on the image moves it. */
  private static final double ROUNDING = 3;

  @TestFactory
  Stream<DynamicTest> agreesWithTheFrameworkItCameFrom() throws IOException {
    String folder = System.getProperty(PROPERTY, "");
    assumeTrue(
        !folder.isEmpty(),
        "no exported models: make them with src/test/peers/export_models.py and name their folder"
            + " with -D"
            + PROPERTY);
    List<Path> models = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      files.filter(file -> file.toString().endsWith(".onnx")).sorted().forEach(models::add);
    }
    assertThat(models).isNotEmpty();
    return models.stream()
        .map(model -> DynamicTest.dynamicTest(model.getFileName().toString(), () -> check(model)));
  }

  private static void check(Path file) {
    String network = file.getFileName().toString().replaceAll("-.*", "");
    Tensor images = read(file.resolveSibling(network + ".images.npy"));
    int[] labels = labels(file.resolveSibling(network + ".labels.npy"));
    OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
    TestRun run = new TestRun(1);
    try (Classifier classifier =
        backend.openClassifier(
            OnnxRuntimeBackend.Params.CPU, backend.describe(file).orElseThrow(), run)) {
      assertThat(classifier.gradientObstacle()).isEmpty();
      ImageBatch batch = new ImageBatch(images, LongStream.range(0, images.rows()).toArray());
      assertClose(
          "logits",
          classifier.logits(batch),
          read(file.resolveSibling(network + ".logits.npy")),
          Tensor.zeros(images.rows(), 1));
      LossGradient found =
          ((DifferentiableClassifier) classifier)
              .lossGradient(batch, Loss.crossEntropy(true), labels);
      assertClose(
          "gradient",
          found.gradient(),
          read(file.resolveSibling(network + ".gradient.npy")),
          read(file.resolveSibling(network + ".steadiness.npy")));
    }
  }

  private static void assertClose(String what, Tensor actual, Tensor expected, Tensor steadiness) {
    assertThat(actual.shape()).containsExactly(expected.shape());
    for (int row = 0; row < expected.rows(); row++) {
      double error = 0;
      double length = 0;
      for (int i = 0; i < expected.rowSize(); i++) {
        double difference = (double) actual.get(row, i) - expected.get(row, i);
        error += difference * difference;
        length += (double) expected.get(row, i) * expected.get(row, i);
      }
      assertThat(Math.sqrt(error / length))
          .as("relative error of the %s of image %s", what, row)
          .isLessThan(Math.max(TOLERANCE, ROUNDING * steadiness.get(row, 0)));
    }
  }

  private static Tensor read(Path file) {
    try (NumpyArray array = NumpyArray.open(file)) {
      int[] shape = LongStream.of(array.shape()).mapToInt(Math::toIntExact).toArray();
      Tensor content = Tensor.zeros(shape);
      array.read(0, content);
      return content;
    }
  }

  private static int[] labels(Path file) {
    try (NumpyArray array = NumpyArray.open(file)) {
      int[] labels = new int[Math.toIntExact(array.rows())];
      array.readInts(0, labels);
      return labels;
    }
  }
}
