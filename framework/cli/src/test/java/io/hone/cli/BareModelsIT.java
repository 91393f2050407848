package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.cli.HoneProcess.Result;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LeNet-5 as files that take other pixels or other axes, run bare and with a card. */
class BareModelsIT {
  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @ParameterizedTest
  @CsvSource({"INT8, 128", "UINT16, 0"})
  void networksThatDivideBy255GetGreyValues(ElementType type, float added) throws IOException {
    write(
        type,
        Shape.of(-1, 1, 28, 28),
        (graph, x) -> graph.op("Div", graph.op("Add", x, graph.scalar(added)), graph.scalar(255)));
    JsonNode summary = run("model.onnx");
    assertThat(accuracy(summary)).isEqualTo(1);
    assertThat(success(summary)).isGreaterThan(0.5);
    assertThat(summary.toString()).contains("hone model card").doesNotContain("not be compared");
  }

  @Test
  void theDataSetTellsTheShapeOfFlatInputs() throws IOException {
    writeFlat();
    JsonNode summary = run("model.onnx");
    assertThat(accuracy(summary)).isEqualTo(1);
    assertThat(summary.toString()).contains("1x28x28");
  }

  @Test
  void flatModelsAreDifferentiatedByTheirOwnAxes() throws IOException {
    writeFlat();
    Path images = hone.file("x.npy");
    try (NumpyWriter writer = NumpyWriter.create(images, NumpyType.FLOAT32, 784)) {
      float[] pixels = new float[3 * 784];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = i * 37 % 101 / 101f;
      }
      writer.append(pixels);
    }
    NumpyFiles.labels(hone.file("y.npy"), 1, 2, 3);
    Result flat = gradient("model.onnx", "x.npy", "g.npy");
    assertThat(flat.exitCode()).as(flat.err()).isZero();
    try (NumpyArray gradients = NumpyArray.open(hone.file("g.npy"))) {
      assertThat(gradients.shape()).containsExactly(3, 784);
    }
    try (NumpyWriter writer =
            NumpyWriter.create(hone.file("square.npy"), NumpyType.FLOAT32, 1, 28, 28);
        NumpyArray array = NumpyArray.open(images)) {
      float[] row = new float[784];
      for (int i = 0; i < 3; i++) {
        array.readFloats(i, row);
        writer.append(row);
      }
    }
    String lenet = HoneProcess.checkout().resolve("models/mnist-lenet5").toString();
    assertThat(gradient(lenet, "square.npy", "s.npy").exitCode()).isZero();
    assertThat(gradient("model.onnx", "square.npy", "q.npy").exitCode()).isZero();
    float[][] expected = NumpyFiles.images(hone.file("s.npy"));
    for (String file : List.of("g.npy", "q.npy")) {
      float[][] given = NumpyFiles.images(hone.file(file));
      for (int row = 0; row < expected.length; row++) {
        assertThat(given[row]).containsExactly(expected[row], within(1e-5f));
      }
    }
    Result checked = hone.runHere("model", "check", in("model.onnx"), "--count", "1");
    assertThat(checked.exitCode()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.out()).contains("784x1x1", "value ", "together");
    Result exported =
        hone.runHere("model", "export-gradient", in("model.onnx"), "--out", in("gradient.onnx"));
    assertThat(exported.exitCode()).as(exported.err()).isZero();
  }

  @Test
  void aCardIsWrittenReadAndNotReplaced() throws IOException {
    write(
        ElementType.FLOAT,
        Shape.of(-1, 1, 28, 28),
        (graph, x) -> graph.op("Mul", x, graph.scalar(1 / 255f)));
    Files.write(
        hone.file("names.txt"),
        IntStream.range(0, 10)
            // Editors on Windows begin a file with a byte order mark.
            .mapToObj(digit -> (digit == 0 ? "\uFEFF" : "") + "digit " + digit)
            .toList());
    Result written = hone.runHere("model", "card", in("model.onnx"), "--names", in("names.txt"));
    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(written.out()).contains("model.yaml", "0 to 255");
    assertThat(hone.file("model.yaml"))
        .content()
        .contains("range: [0, 255]", "\"digit 7\"", "# subtracted per channel", "sha256: ");
    assertThat(hone.file("model.yaml")).content().doesNotContain("\uFEFF");
    Result refused = hone.runHere("model", "card", in("model.onnx"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--force");

    Result inspected = hone.runHere("model", "inspect", hone.folder().toString());
    assertThat(inspected.out())
        .contains("1x28x28 (channels x height x width), NCHW", "0 to 255, no mean and std")
        .contains("scores of 10 classes: digit 0, digit 1");
    JsonNode json =
        JsonMapper.shared()
            .readTree(hone.runHere("model", "inspect", hone.folder().toString(), "--json").out())
            .get("card");
    assertThat(json.get("input").get("range").get(1).asDouble()).isEqualTo(255);
    assertThat(accuracy(run("."))).isEqualTo(1);

    Result wrong =
        hone.runHere(
            "model",
            "card",
            hone.folder().toString(),
            "--force",
            "--mean",
            "1,2",
            "--order",
            "bgr");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("input.mean has 2 values for 1 channels", "bgr needs 3");
    Result misfit = hone.runHere("model", "card", in("model.onnx"), "--force", "--classes=9");
    assertThat(misfit.exitCode()).isEqualTo(2);
    assertThat(misfit.err()).contains("no card was written", "the card says 9");
    Result unit =
        hone.runHere("model", "card", hone.folder().toString(), "--force", "--range", "0,1");
    assertThat(unit.exitCode()).as(unit.err()).isZero();
    assertThat(hone.file("model.yaml")).content().contains("digit 7", "range: [0, 1]");
    assertThat(run(".").toString()).contains("assumed-input").contains("divides pixels by 255");
  }

  @Test
  void theSchemaOfCardsKnowsTheirKeys() {
    JsonNode schema = JsonMapper.shared().readTree(hone.runHere("schema", "--card").out());
    assertThat(schema.get("required").get(0).asString()).isEqualTo("file");
    assertThat(schema.get("properties").get("input").toString()).contains("\"bgr\"", "\"range\"");
  }

  private Result gradient(String model, String images, String out) {
    return hone.runHere(
        "model",
        "gradient",
        hone.file(model).toString(),
        "--images",
        in(images),
        "--labels",
        in("y.npy"),
        "--out",
        in(out));
  }

  private static double accuracy(JsonNode summary) {
    return step(summary, "clean").get("metrics").get("accuracy").asDouble();
  }

  private static double success(JsonNode summary) {
    return step(summary, "fgsm").get("metrics").get("success_rate").asDouble();
  }

  private static JsonNode step(JsonNode summary, String id) {
    return summary
        .get("steps")
        .valueStream()
        .filter(step -> step.get("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Runs FGSM on fifty digits, all of which LeNet-5 is right about. */
  private JsonNode run(String card) throws IOException {
    Path scenario =
        Files.writeString(
            hone.file("scenario.yaml"),
            """
            hone: 1
            name: bare
            dataset: {use: mnist, with: {split: test}, take: 50}
            model: {card: %s}
            steps: [{id: fgsm, attack: {use: fgsm, with: {epsilon: 0.2}}}]
            """
                .formatted(card));
    Result outcome =
        hone.runHere("run", scenario.toString(), "--out", in("results"), "--overwrite");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return JsonMapper.shared().readTree(Files.readString(hone.file("results/summary.json")));
  }

  private void write(ElementType type, Shape shape, BiFunction<GraphEditor, Value, Value> first)
      throws IOException {
    write(
        type,
        shape,
        (graph, x) ->
            first.apply(
                graph,
                type == ElementType.FLOAT
                    ? x
                    : graph.node("Cast", x).with("to", (long) ElementType.FLOAT.code()).output()),
        "model.onnx");
  }

  private void writeFlat() throws IOException {
    write(
        ElementType.FLOAT,
        Shape.of(-1, 784),
        (graph, x) -> graph.op("Reshape", x, graph.list(-1, 1, 28, 28)));
  }

  /** Writes LeNet-5 behind what is done to its input first. */
  private void write(
      ElementType type, Shape shape, BiFunction<GraphEditor, Value, Value> first, String file)
      throws IOException {
    OnnxModel lenet =
        OnnxModel.read(HoneProcess.checkout().resolve("models/mnist-lenet5/model.onnx"));
    String input = lenet.inputs().get(0).name();
    GraphEditor graph = GraphEditor.of(lenet);
    List<Node> network = graph.nodes();
    graph.setNodes(List.of());
    Value taken = first.apply(graph, new Value(input));
    List<Node> before = graph.nodes();
    graph.setNodes(network);
    graph.rewire(Map.of(input, taken));
    List<Node> after = graph.nodes();
    graph.setNodes(before);
    after.forEach(graph::add);
    graph.replaceInputs(known -> new TensorInfo(input, type, Optional.of(shape)));
    Files.write(hone.file(file), graph.build("lenet").toBytes());
  }

  private String in(String file) {
    return hone.file(file).toString();
  }
}
