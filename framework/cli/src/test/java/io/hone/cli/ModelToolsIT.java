package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.cli.HoneProcess.Result;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that differentiate a tester's own model file. */
class ModelToolsIT {
  private static final int IMAGES = 70;
  private static final int FEATURES = 28 * 28;
  private static final int CLASSES = 10;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  private String model;
  private final float[] images = new float[IMAGES * FEATURES];
  private final long[] labels = new long[IMAGES];

  @BeforeEach
  void setUp() {
    model = HoneProcess.checkout().resolve("models/mnist-lenet5").toString();
    Random random = new Random(5);
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    try (NumpyWriter writer =
        NumpyWriter.create(hone.file("x.npy"), NumpyType.FLOAT32, 1, 28, 28)) {
      writer.append(images);
    }
    NumpyFiles.labels(hone.file("y.npy"), labels);
  }

  @Test
  void checkComparesGradientAndModel() throws Exception {
    Result random = hone.run("model", "check", model);
    Result given =
        hone.runHere(
            "model",
            "check",
            model,
            "--images",
            in("x.npy"),
            "--labels",
            in("y.npy"),
            "--loss",
            "margin");

    assertThat(random.exitCode()).as(random.err()).isZero();
    assertThat(random.out()).contains("verdict   agrees", "worst", "channel 0", "kinks");
    assertThat(random.err()).contains("evaluations:");
    assertThat(given.exitCode()).as(given.err()).isZero();
    assertThat(given.out()).contains("x.npy", "y.npy", "max(logits[i], i != label)");
    assertThat(hone.runHere("model", "check", model).out())
        .as("in another process")
        .isEqualTo(random.out());
  }

  @Test
  void checkDoesNotSayThatItAgreesWhereItCannotTell() throws Exception {
    GraphEditor graph = GraphEditor.create(18);
    Value far = graph.op("Max", flat(graph), graph.scalar(2));
    writeTiny(graph, far);
    Result result = hone.runHere("model", "check", in("tiny.onnx"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
    assertThat(result.out()).contains("cannot tell", "does not change");
  }

  /** The size of ImageNet, where one pixel changes the loss by less than its rounding. */
  @Test
  void checkDecidesOnLargeImages() throws Exception {
    GraphEditor graph = GraphEditor.create(18);
    writeTiny(graph, convolved(graph, largeImage(graph)));
    Result result = hone.runHere("model", "check", in("tiny.onnx"), "--count", "1");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("3x224x224", "verdict   agrees")
        .containsPattern("together +\\d+ directions of all features, [1-9]");
  }

  @Test
  void checkOfLargeImagesDoesNotAgreeWithAGradientThatIsNoSlope() throws Exception {
    GraphEditor graph = GraphEditor.create(18);
    Value scale = graph.scalar(0.25f);
    Value stepped = graph.op("QuantizeLinear", largeImage(graph), scale);
    writeTiny(graph, convolved(graph, graph.op("DequantizeLinear", stepped, scale)));
    Result result = hone.runHere("model", "check", in("tiny.onnx"), "--count", "1");

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
    assertThat(result.out()).contains("3x224x224", "cannot tell", "by design", "QuantizeLinear");
  }

  @Test
  void checkOfLargeImagesNamesTheOperatorWithoutGradient() throws Exception {
    GraphEditor graph = GraphEditor.create(18);
    Value features = convolved(graph, largeImage(graph));
    Value matrices = graph.op("Reshape", features, graph.list(-1, 3, 1, 1));
    writeTiny(graph, graph.op("Det", matrices));
    Result result = hone.runHere("model", "check", in("tiny.onnx"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.err()).contains("Det", "tiny.onnx").doesNotContain("Exception");
  }

  @Test
  void checkAsksForTheSizeThatAModelLeavesOpen() throws Exception {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(
                Dimension.named("N"), Dimension.of(3), Dimension.named("h"), Dimension.named("w")));
    Value means = graph.op("Flatten", graph.op("GlobalAveragePool", graph.op("Tanh", image)));
    writeTiny(graph, means);

    Result asked = hone.runHere("model", "check", in("tiny.onnx"));
    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.err()).contains("--height", "--width");
    Result told = hone.runHere("model", "check", in("tiny.onnx"), "--height", "5", "--width", "4");
    assertThat(told.exitCode()).as(told.out() + told.err()).isZero();
    assertThat(told.out()).contains("3x5x4", "verdict   agrees");
  }

  @ParameterizedTest
  @CsvSource({"cross-entropy, false", "cross-entropy, true", "margin, false", "margin, true"})
  void gradientAndExportedGraphAgreeAndAscendTheLoss(String loss, boolean targeted)
      throws Exception {
    String[] side = targeted ? new String[] {"--targeted"} : new String[0];
    Result exported =
        hone.runHere(
            with(side, "model", "export-gradient", model, "--out", in("g.onnx"), "--loss", loss));
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out())
        .contains("image float [N, 1, 28, 28]", "labels int64 [N]", "logits float [N, 10]")
        .contains("gradient float [N, 1, 28, 28]", "preprocessing");
    Result written =
        hone.runHere(
            with(
                side,
                "model",
                "gradient",
                model,
                "--images",
                in("x.npy"),
                "--labels",
                in("y.npy"),
                "--loss",
                loss,
                "--out",
                in("g.npy"),
                "--batch",
                "32"));
    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(written.out()).contains("g.npy", "(70, 1, 28, 28)");

    float[] gradients = new float[images.length];
    try (NumpyArray array = NumpyArray.open(hone.file("g.npy"))) {
      assertThat(array.shape()).containsExactly(IMAGES, 1, 28, 28);
      array.readFloats(0, gradients);
    }
    try (OrtSession session =
        OrtEnvironment.getEnvironment().createSession(hone.file("g.onnx").toString())) {
      float[] losses = run(session, images, "loss");
      assertThat(run(session, images, "gradient")).containsExactly(gradients, within(1e-6f));
      float[] logits = run(session, images, "logits");
      float[] moved = images.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += 1e-3f * Math.signum(gradients[i]);
      }
      float[] ascended = run(session, moved, "loss");
      for (int image = 0; image < IMAGES; image++) {
        double expected = expectedLoss(logits, image, loss) * (targeted ? -1 : 1);
        assertThat((double) losses[image]).isCloseTo(expected, within(1e-4));
        assertThat(ascended[image]).isGreaterThan(losses[image]);
      }
    }
  }

  @Test
  void gradientsDependOnNeitherBatchNorThreads() throws Exception {
    for (String[] sharing : new String[][] {{"64", "2"}, {"7", "1"}}) {
      Result result =
          hone.runHere(
              "model",
              "gradient",
              model,
              "--images",
              in("x.npy"),
              "--labels",
              in("y.npy"),
              "--out",
              in(sharing[0] + ".npy"),
              "--batch",
              sharing[0],
              "--threads",
              sharing[1]);
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    assertThat(hone.file("64.npy")).hasSameBinaryContentAs(hone.file("7.npy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--images | wide.npy    | 1x28x30",
        "--images | flat.npy    | flat.npy",
        "--images | integer.npy | i8",
        "--images | bright.npy  | sample 3",
        "--images | absent.npy  | absent.npy",
        "--labels | eleven.npy  | label 10",
        "--labels | few.npy     | few.npy",
        "--labels | x.npy       | x.npy",
        "--out    | there.npy   | --overwrite",
        "--out    | no/such.npy | does not exist",
        "--loss   | l2          | cross-entropy",
        "--batch  | 0           | at least 1",
      })
  void whatDoesNotFitIsToldBeforeAnythingIsWritten(String option, String value, String expected)
      throws Exception {
    NumpyFiles.images(hone.file("wide.npy"), IMAGES, 28, 30);
    NumpyFiles.labels(hone.file("few.npy"), 1, 2, 3);
    try (NumpyWriter writer =
        NumpyWriter.create(hone.file("integer.npy"), NumpyType.INT64, 1, 28, 28)) {
      writer.append(new long[FEATURES]);
    }
    long[] eleven = labels.clone();
    eleven[4] = CLASSES;
    NumpyFiles.labels(hone.file("eleven.npy"), eleven);
    try (NumpyWriter writer =
        NumpyWriter.create(hone.file("flat.npy"), NumpyType.FLOAT32, FEATURES)) {
      writer.append(images);
    }
    try (NumpyWriter writer =
        NumpyWriter.create(hone.file("bright.npy"), NumpyType.FLOAT32, 1, 28, 28)) {
      float[] bright = images.clone();
      bright[3 * FEATURES + 17] = 1.5f;
      writer.append(bright);
    }
    Files.writeString(hone.file("there.npy"), "mine");
    Map<String, String> options =
        new LinkedHashMap<>(Map.of("--images", "x.npy", "--labels", "y.npy", "--out", "g.npy"));
    options.put(option, value);
    List<String> arguments = new ArrayList<>(List.of("model", "gradient", model));
    options.forEach(
        (key, given) -> arguments.addAll(List.of(key, given.contains(".npy") ? in(given) : given)));
    Result result = hone.runHere(arguments.toArray(String[]::new));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(expected).doesNotContain("Exception");
    assertThat(hone.file("g.npy")).doesNotExist();
    assertThat(hone.file("g.npy.part")).doesNotExist();
    assertThat(hone.file("there.npy")).hasContent("mine");
  }

  @Test
  void inspectTellsWhatHappensToAModel() throws Exception {
    Result card = hone.runHere("model", "inspect", model);
    Result json = hone.runHere("model", "inspect", model, "--json");

    assertThat(card.exitCode()).as(card.err()).isZero();
    assertThat(card.out())
        .containsPattern("logits +logits")
        .containsPattern("parameters +60,074")
        .containsPattern("memory +about .* for its gradient")
        .containsPattern("Conv +2 +2 +yes");
    JsonNode tree = JsonMapper.shared().readTree(json.out());
    assertThat(tree.get("differentiable").asBoolean()).isTrue();
    assertThat(tree.get("parameters").asLong()).isEqualTo(60_074);
    assertThat(tree.get("memory_bytes").get("gradient_per_image").asLong()).isPositive();
    assertThat(tree.get("operators").get(0).get("operator").asString()).isEqualTo("Conv");
  }

  @Test
  void inspectTellsWhatABackendKnowsOfOtherFiles() throws Exception {
    String samediff = HoneProcess.checkout().resolve("models/mnist-lenet5-samediff").toString();
    Result inspected = hone.runHere("model", "inspect", samediff);

    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    assertThat(inspected.out())
        .containsPattern("backend +dl4j")
        .containsPattern("images +1x28x28")
        .containsPattern("returns +logits of 10 classes")
        .containsPattern("gradient +from the backend")
        .contains("told of ONNX files only");
    JsonNode tree =
        JsonMapper.shared().readTree(hone.runHere("model", "inspect", samediff, "--json").out());
    assertThat(tree.get("differentiable").asBoolean()).isTrue();
    assertThat(tree.get("card").get("output").get("classes").asInt()).isEqualTo(10);
  }

  @Test
  void inspectTellsOfAFrozenBatchAndOfStraightThroughGradients() throws Exception {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, Shape.of(1, 3, 1, 1));
    Value scale = graph.scalar(0.02f);
    Value rounded = graph.op("DequantizeLinear", graph.op("QuantizeLinear", image, scale), scale);
    Value flat = graph.op("Reshape", rounded, graph.list(1, 3));
    writeTiny(graph, flat);

    Result inspected = hone.runHere("model", "inspect", in("tiny.onnx"));
    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    assertThat(inspected.out())
        .contains("exported for batches of 1", "straight-through", "approximately");
    Result checked = hone.runHere("model", "check", in("tiny.onnx"));
    assertThat(checked.exitCode()).as(checked.err()).isEqualTo(1);
    assertThat(checked.out()).contains("cannot tell", "by design", "QuantizeLinear");
  }

  @Test
  void aModelWithoutGradientNamesTheOperatorAndWhatStillWorks() throws Exception {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(Dimension.named("N"), Dimension.of(3), Dimension.of(4), Dimension.of(4)));
    writeTiny(graph, graph.node("Det", image).output());

    Result inspected = hone.runHere("model", "inspect", in("tiny.onnx"));
    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    assertThat(inspected.out())
        .contains("Det", "opset 18")
        .containsPattern("attacks +.*gaussian-noise")
        .doesNotContain("fgsm");
    for (String command : new String[] {"check", "export-gradient", "gradient"}) {
      String[] rest =
          switch (command) {
            case "check" -> new String[0];
            case "gradient" ->
                new String[] {
                  "--images", in("x.npy"), "--labels", in("y.npy"), "--out", in("g.npy")
                };
            default -> new String[] {"--out", in("g.onnx")};
          };
      Result result = hone.runHere(with(rest, "model", command, in("tiny.onnx")));
      assertThat(result.exitCode()).as(command + result.err()).isEqualTo(2);
      assertThat(result.err()).contains("Det", "tiny.onnx").doesNotContain("Exception");
    }
    assertThat(hone.file("g.onnx")).doesNotExist();
  }

  @Test
  void everyCommandExplainsItself() throws Exception {
    assertThat(hone.runHere("model", "--help").out())
        .contains("inspect", "check", "gradient", "export-gradient", "model.yaml");
    assertThat(hone.runHere("model", "check", "--help").out()).contains("Exit codes", "--count");
    assertThat(hone.runHere("model", "gradient", "--help").out()).contains("PyTorch", "--targeted");
    assertThat(hone.runHere("model", "export-gradient", "--help").out())
        .contains("labels", "[0, 1]");
  }

  private String in(String file) {
    return hone.file(file).toString();
  }

  private static String[] with(String[] rest, String... first) {
    return Stream.of(first, rest).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static double expectedLoss(float[] logits, int image, int label) {
    double sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      sum += Math.exp(logits[image * CLASSES + i]);
    }
    return Math.log(sum) - logits[image * CLASSES + label];
  }

  private double expectedLoss(float[] logits, int image, String loss) {
    int label = (int) labels[image];
    if (loss.equals("cross-entropy")) {
      return expectedLoss(logits, image, label);
    }
    double rival = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CLASSES; i++) {
      rival = i == label ? rival : Math.max(rival, logits[image * CLASSES + i]);
    }
    return rival - logits[image * CLASSES + label];
  }

  private float[] run(OrtSession session, float[] pixels, String output) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor image =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(pixels), new long[] {IMAGES, 1, 28, 28});
        OnnxTensor classes =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(labels), new long[] {IMAGES});
        OrtSession.Result result = session.run(Map.of("image", image, "labels", classes))) {
      FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
      float[] array = new float[values.remaining()];
      values.get(array);
      return array;
    }
  }

  private static Value flat(GraphEditor graph) {
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(Dimension.named("N"), Dimension.of(3), Dimension.of(1), Dimension.of(1)));
    return graph.op("Flatten", image);
  }

  private static Value largeImage(GraphEditor graph) {
    return graph.input("image", ElementType.FLOAT, Shape.of(1, 3, 224, 224));
  }

  /** Returns three features per image of two convolutions with maxima between them. */
  private static Value convolved(GraphEditor graph, Value image) {
    Random random = new Random(7);
    Value wide =
        graph
            .node("Conv", image, weights(graph, random, 8, 3, 7, 7))
            .with("strides", new long[] {4, 4})
            .output();
    Value pooled =
        graph
            .node("MaxPool", graph.op("Relu", wide))
            .with("kernel_shape", new long[] {2, 2})
            .with("strides", new long[] {2, 2})
            .output();
    Value deep = graph.op("Relu", graph.op("Conv", pooled, weights(graph, random, 3, 8, 3, 3)));
    return graph.op("Flatten", graph.op("GlobalAveragePool", deep));
  }

  private static Value weights(GraphEditor graph, Random random, int... sizes) {
    float[] values = new float[IntStream.of(sizes).reduce(1, (one, other) -> one * other)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() / 4;
    }
    return graph.constant(
        ConstantTensor.floats(values, IntStream.of(sizes).asLongStream().toArray()));
  }

  /** Ends a graph of three features per image in three classes. */
  private void writeTiny(GraphEditor graph, Value features) throws IOException {
    Value weights =
        graph.constant(ConstantTensor.floats(new float[] {1, 2, 0, 0, -1, 1, 3, 1, 0.5f}, 3, 3));
    Value logits = graph.op("MatMul", features, weights);
    graph.output(
        graph.node("Identity", logits).output(),
        ElementType.FLOAT,
        Shape.of(Dimension.named("N"), Dimension.of(3)));
    Files.write(hone.file("tiny.onnx"), graph.build("tiny").toBytes());
  }
}
