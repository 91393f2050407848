package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ModelCard;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenBatchTest {
  private static final int ROWS = 11;
  private static final int FEATURES = 36;
  private static final int CLASSES = 4;

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);
  private final Tensor images = TinyModels.images(6, ROWS, 1, 6, 6);

  @TempDir Path folder;

  /** What is between the image and the rows of features. */
  enum Middle {
    /** The frozen number is baked into a shape. */
    RESHAPE,
    /** The mean over the batch: nothing of a single image alone. */
    MEAN_OF_BATCH
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aFrozenBatchIsFreedWhereTheGraphAllowsIt(int batch) throws IOException {
    try (DifferentiableClassifier free = open(Dimension.named("N"), Middle.RESHAPE)) {
      assertThat(run.notices()).isEmpty();
      try (DifferentiableClassifier frozen = open(Dimension.of(batch), Middle.RESHAPE)) {
        assertSame(frozen, free, 0);
      }
    }
    assertThat(run.notices()).singleElement().asString().contains("batches of " + batch, "freed");
  }

  @Test
  void whatCannotBeFreedRunsOneByOne() throws IOException {
    try (DifferentiableClassifier single = open(Dimension.of(1), Middle.MEAN_OF_BATCH);
        DifferentiableClassifier free = open(Dimension.named("N"), Middle.RESHAPE)) {
      // The mean over one image is that image.
      assertSame(single, free, 1e-5f);
    }
    assertThat(run.notices())
        .singleElement()
        .asString()
        .contains("one image at a time", "one by one");
  }

  @Test
  void imagesThatInfluenceEachOtherAreKeptApart() throws IOException {
    try (DifferentiableClassifier mixing = open(Dimension.named("N"), Middle.MEAN_OF_BATCH);
        DifferentiableClassifier free = open(Dimension.named("N"), Middle.RESHAPE)) {
      // The mean over one image is that image.
      assertSame(mixing, free, 1e-5f);
    }
    assertThat(run.notices()).singleElement().asString().contains("influence each other");
  }

  @Test
  void whatCannotBeFreedFillsUpItsLastBatch() throws IOException {
    try (DifferentiableClassifier three = open(Dimension.of(3), Middle.MEAN_OF_BATCH)) {
      assertThat(three.logits(batch(images)).rows()).isEqualTo(ROWS);
    }
    assertThat(run.notices())
        .singleElement()
        .asString()
        .contains("3 images at a time", "filled up");
  }

  @ParameterizedTest
  @EnumSource
  void oneByOneOverThreadsGivesTheSameBits(Middle middle) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (DifferentiableClassifier classifier = open(Dimension.of(1), middle)) {
      Tensor whole = classifier.logits(batch(images));
      List<Callable<Tensor>> parts = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        Tensor image = images.rows(row, row + 1);
        parts.add(() -> classifier.logits(batch(image)));
      }
      List<Future<Tensor>> done = threads.invokeAll(parts);
      for (int row = 0; row < ROWS; row++) {
        assertThat(done.get(row).get().row(0)).containsExactly(whole.row(row));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void assertSame(
      DifferentiableClassifier actual, DifferentiableClassifier expected, float tolerance) {
    Tensor cotangent = TinyModels.images(2, ROWS, CLASSES);
    assertClose(actual.logits(batch(images)), expected.logits(batch(images)), tolerance);
    assertClose(
        actual.vjp(batch(images), cotangent), expected.vjp(batch(images), cotangent), tolerance);
  }

  private static void assertClose(Tensor actual, Tensor expected, float tolerance) {
    for (int row = 0; row < ROWS; row++) {
      assertThat(actual.row(row)).containsExactly(expected.row(row), within(tolerance));
    }
  }

  private DifferentiableClassifier open(Dimension batch, Middle middle) throws IOException {
    GraphEditor graph = GraphEditor.create(13);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(batch, Dimension.of(1), Dimension.of(6), Dimension.of(6)));
    Value squashed = graph.op("Tanh", image);
    long count = batch.isFixed() ? batch.size() : -1;
    Value rows =
        switch (middle) {
          case RESHAPE -> graph.op("Reshape", squashed, graph.list(count, FEATURES));
          case MEAN_OF_BATCH -> {
            Value mean = graph.node("ReduceMean", squashed).with("axes", new long[] {0}).output();
            Value twice = graph.op("Add", squashed, mean);
            Value half = graph.op("Mul", twice, graph.scalar(0.5f));
            yield graph.op("Reshape", half, graph.list(count, FEATURES));
          }
        };
    Random random = new Random(3);
    float[] weights = new float[FEATURES * CLASSES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    Value scores =
        graph.op("MatMul", rows, graph.constant(ConstantTensor.floats(weights, FEATURES, CLASSES)));
    graph.output(scores, ElementType.FLOAT, Shape.of(batch, Dimension.of(CLASSES)));
    Path file = folder.resolve(batch + "-" + middle + ".onnx");
    Files.write(file, graph.build("frozen").toBytes());
    ModelCard card = backend.describe(file).orElseThrow();
    return (DifferentiableClassifier)
        backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run);
  }

  private static ImageBatch batch(Tensor images) {
    return new ImageBatch(images, new long[images.rows()]);
  }
}
