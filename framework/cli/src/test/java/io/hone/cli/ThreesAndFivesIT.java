package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * LeNet-5 as a classifier of threes and fives, whose probabilities end in other ways than a plain
 * sigmoid: its accuracy and its gradients are those of the logit.
 */
class ThreesAndFivesIT {
  private static final Path BUNDLED =
      Path.of("plugins/datasets/src/main/resources/io/hone/plugins/datasets/mnist");

  /** Among the first 600 digits of the test set. */
  private static final int DIGITS = 600;

  private static final int PIXELS = 28 * 28;
  private static Tensor images;
  private static int[] labels;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    byte[] pixels = unpacked("t10k-images-idx3-ubyte.gz");
    byte[] digits = unpacked("t10k-labels-idx1-ubyte.gz");
    List<Integer> chosen = new ArrayList<>();
    for (int row = 0; row < DIGITS; row++) {
      if (digits[8 + row] == 3 || digits[8 + row] == 5) {
        chosen.add(row);
      }
    }
    images = Tensor.zeros(chosen.size(), 1, 28, 28);
    labels = new int[chosen.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = digits[8 + chosen.get(row)] == 3 ? 1 : 0;
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        int value = pixels[16 + chosen.get(row) * PIXELS + pixel] & 0xFF;
        images.set(row, pixel, value / 255f);
      }
    }
  }

  private static byte[] unpacked(String name) throws IOException {
    Path file = HoneProcess.checkout().resolve(BUNDLED).resolve(name);
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
      return bytes.readAllBytes();
    }
  }

  /** What becomes of the probability {@code p} of a three, the sigmoid of {@code s}. */
  enum Tail {
    SIGMOID((g, s) -> g.op("Sigmoid", s)),
    CLIPPED((g, s) -> g.op("Clip", g.op("Sigmoid", s), g.scalar(1e-7f), g.scalar(1 - 1e-7f))),
    WRITTEN_OUT(
        (g, s) -> {
          Value e = g.op("Exp", s);
          return g.op("Div", e, g.op("Add", e, g.scalar(1)));
        }),
    TANGENT(
        (g, s) -> {
          Value half = g.op("Tanh", g.op("Mul", s, g.scalar(0.5f)));
          return g.op("Add", g.op("Mul", half, g.scalar(0.5f)), g.scalar(0.5f));
        }),
    REST_AND_ITSELF(
        (g, s) -> {
          Value p = g.op("Sigmoid", s);
          return g.node("Concat", g.op("Sub", g.scalar(1), p), p).with("axis", 1).output();
        }),
    LOGARITHMS_OF_BOTH(
        (g, s) -> {
          Value p = g.op("Sigmoid", s);
          Value rest = g.op("Sub", g.scalar(1), p);
          return g.op("Log", g.node("Concat", rest, p).with("axis", 1).output());
        }),
    PERCENTAGES(
        (g, s) -> {
          Value two = g.node("Concat", g.op("Sub", s, s), s).with("axis", 1).output();
          Value soft = g.node("Softmax", two).with("axis", 1).output();
          return g.op("Mul", soft, g.scalar(100));
        });

    private final BiFunction<GraphEditor, Value, Value> end;

    Tail(BiFunction<GraphEditor, Value, Value> end) {
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource
  void areToldApartAsTheFileDoes(Tail tail) throws IOException {
    TestRun run = new TestRun(1);
    try (DifferentiableClassifier plain = open(Tail.SIGMOID, run);
        DifferentiableClassifier classifier = open(tail, run)) {
      assertThat(accuracy(classifier)).isCloseTo(0.992, within(5e-4));
      ImageBatch batch = new ImageBatch(images, new long[labels.length]);
      Tensor expected = plain.lossGradient(batch, Loss.crossEntropy(false), labels).gradient();
      Tensor given = classifier.lossGradient(batch, Loss.crossEntropy(false), labels).gradient();
      for (int row = 0; row < labels.length; row++) {
        assertThat(norm(expected.row(row))).isPositive();
        assertThat(norm(given.row(row)) / norm(expected.row(row))).isCloseTo(1, within(0.02));
      }
    }
    assertThat(run.trustFlags()).isEmpty();
  }

  private static double accuracy(DifferentiableClassifier classifier) {
    int[] classes = classifier.predict(new ImageBatch(images, new long[labels.length]));
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      right += classes[row] == labels[row] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private DifferentiableClassifier open(Tail tail, TestRun run) throws IOException {
    OnnxModel lenet =
        OnnxModel.read(HoneProcess.checkout().resolve("models/mnist-lenet5/model.onnx"));
    GraphEditor graph = GraphEditor.of(lenet);
    float[] lead = new float[10];
    lead[3] = 1;
    lead[5] = -1;
    Value score =
        graph.op(
            "MatMul",
            new Value(lenet.outputs().get(0).name()),
            graph.constant(ConstantTensor.floats(lead, 10, 1)));
    Value end = tail.end.apply(graph, score);
    graph.clearOutputs();
    graph.output("out", end);
    Path file =
        Files.write(folder.resolve(tail + ".onnx"), graph.build("threes and fives").toBytes());
    OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
    return (DifferentiableClassifier)
        backend.openClassifier(
            OnnxRuntimeBackend.Params.CPU,
            backend.describe(file).orElseThrow(),
            Tensor.of(images.row(0), 1, 1, 28, 28),
            run);
  }
}
