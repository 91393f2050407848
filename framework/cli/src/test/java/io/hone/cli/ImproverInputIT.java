package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Sha256;
import io.hone.cli.HoneProcess.Result;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with stored examples and with what improves them is told, or flagged. */
class ImproverInputIT {
  private static final String SCENARIO =
      """
      hone: 1
      name: improving
      dataset: {use: mnist, with: {split: test, classes: [9]}, take: 40}
      model: {card: models/mnist-lenet5}
      goal: {targeted: 4}
      save: all
      steps:
        - id: before
          attack:
            use: stored
            with: {examples: adv.npy, clean: clean.npy, samples: samples.npy, predictions: classes.npy}
        - {id: learned, improve: {use: autoencoder, with: {model: models/mnist-redundancy-fgsm, threshold: 0.96}}}
      """;

  @TempDir Path folder;

  private Path scenario;

  @BeforeEach
  void setUp() {
    scenario = folder.resolve("scenario.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "examples: adv.npy       | examples: wide.npy      | 8  | wide.npy has the shape (5, 1, 28, 30) ~ 1x28x28 ~ name the array",
        "clean: clean.npy        | clean: wide.npy         | 8  | wide.npy has the shape (5, 1, 28, 30) ~ 1x28x28",
        "clean: clean.npy        | clean: few.npy          | 8  | few.npy holds 3 images ~ 5 examples ~ the same rows",
        "samples: samples.npy    | samples: three.npy      | 8  | three.npy ~ each of the 5 rows",
        "samples: samples.npy    | samples: classes.npy    | 8  | gives sample 4 to the rows 0 and 1 ~ keep one",
        "predictions: classes.npy | predictions: three.npy | 8  | three.npy ~ each of the 5 rows",
        "predictions: classes.npy | predictions: samples.npy | 8 | row 3 the class 10 ~ classes 0 to 9",
        "threshold: 0.96         | threshold: 1.01         | 12 | from 0 to 1, not 1.01",
        "threshold: 0.96         | threshold: -0.5         | 12 | from 0 to 1, not -0.5",
        "threshold: 0.96         | threshold: .nan         | 12 | from 0 to 1, not .nan",
        "save: all               | 'matrix: {steps.learned.improve.with.threshold: [0.5, 1.2]}' | 6 | from 0 to 1, not 1.2",
        "models/mnist-redundancy-fgsm | halving              | 12 | for one image of 1x28x28 ~ [1, 14, 14] ~ name another model",
        "models/mnist-redundancy-fgsm | halving-28           | 12 | for one image of 1x28x28 ~ [1, 14, 14] ~ name another model",
        "models/mnist-redundancy-fgsm | models/mnist-lenet5  | 12 | image-to-image is needed ~ classifier",
      })
  void whatCannotWorkIsToldAtItsPlaceBeforeTheFirstBatch(
      String from, String to, int line, String words) throws Exception {
    NumpyFiles.images(folder.resolve("adv.npy"), 5, 28, 28);
    NumpyFiles.images(folder.resolve("clean.npy"), 5, 28, 28);
    NumpyFiles.images(folder.resolve("wide.npy"), 5, 28, 30);
    NumpyFiles.images(folder.resolve("few.npy"), 3, 28, 28);
    NumpyFiles.labels(folder.resolve("samples.npy"), 7, 8, 9, 10, 11);
    NumpyFiles.labels(folder.resolve("classes.npy"), 4, 4, 4, 4, 4);
    NumpyFiles.labels(folder.resolve("three.npy"), 4, 4, 4);
    writeHalvingAutoencoder("halving", "any");
    writeHalvingAutoencoder("halving-28", "28");

    write(SCENARIO.replace(from, to));
    StringWriter errors = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setErr(new PrintWriter(errors))
            .execute("run", scenario.toString(), "--out=" + folder.resolve("out"));

    assertThat(exitCode).as(errors.toString()).isEqualTo(2);
    assertThat(errors.toString())
        .contains("scenario.yaml:" + line + ":")
        .contains(words.split(" ~ "));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** An autoencoder, by its card, which returns every second row and column. */
  private void writeHalvingAutoencoder(String name, String size) throws IOException {
    GraphEditor graph = GraphEditor.create(18);
    Shape any =
        Shape.of(
            Dimension.named("batch"),
            Dimension.of(1),
            Dimension.named("height"),
            Dimension.named("width"));
    Value image = graph.input("image", ElementType.FLOAT, any);
    Value weight = graph.constant(ConstantTensor.floats(new float[] {1}, 1, 1, 1, 1));
    Value halved = graph.node("Conv", image, weight).with("strides", new long[] {2, 2}).output();
    graph.output(halved, ElementType.FLOAT, any);
    Path model = Files.createDirectories(folder.resolve(name));
    Files.write(model.resolve("model.onnx"), graph.build(name).toBytes());
    Files.writeString(
        model.resolve("model.yaml"),
        """
        name: %s
        file: model.onnx
        sha256: %s
        task: image-to-image
        input: {layout: NCHW, channels: 1, height: %s, width: %s, range: [0, 1]}
        output: {kind: image}
        """
            .formatted(name, Sha256.of(model.resolve("model.onnx")), size, size));
  }

  @Test
  void examplesThatAreNotWhatTheyWereArePassedThroughAndFlagged() throws Exception {
    Result made =
        run(
            """
            hone: 1
            name: made
            dataset: {use: mnist, with: {split: test, classes: [9]}, take: 40}
            model: {card: models/mnist-lenet5}
            goal: {targeted: 4}
            steps: [{id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}]
            save: successes
            """);
    assertThat(made.exitCode()).as(made.err()).isZero();
    Path arrays = folder.resolve("runs/made/arrays");
    float[][] examples = NumpyFiles.images(arrays.resolve("fgsm.npy"));
    float[][] clean = NumpyFiles.images(arrays.resolve("clean.npy"));
    long[] samples = NumpyFiles.numbers(arrays.resolve("samples.npy"));
    long[] classes = NumpyFiles.numbers(arrays.resolve("fgsm.predicted.npy"));
    assertThat(classes).as("what a targeted attack reaches").containsOnly(4).hasSizeGreaterThan(5);
    examples[0] = clean[0].clone();
    clean[1] = clean[0];
    classes[2] = 7;
    examples[3][0] = Float.NaN;
    int last = examples.length - 1;
    write("adv.npy", Arrays.copyOf(examples, last));
    write("clean.npy", Arrays.copyOf(clean, last));
    NumpyFiles.labels(folder.resolve("samples.npy"), Arrays.copyOf(samples, last));
    NumpyFiles.labels(folder.resolve("classes.npy"), Arrays.copyOf(classes, last));

    Result result = run(SCENARIO);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(row("before", samples[0])).containsExactly("9", "true", "false", "other-prediction");
    assertThat(row("learned", samples[0]))
        .containsExactly("9", "false", "false", "not-adversarial");
    assertThat(row("before", samples[1])).containsExactly("9", "true", "false", "stale");
    assertThat(row("learned", samples[1]))
        .containsExactly("9", "false", "false", "not-adversarial");
    assertThat(row("before", samples[2])).containsExactly("4", "true", "true", "other-prediction");
    assertThat(row("learned", samples[2])).containsExactly("4", "true", "true", "");
    assertThat(row("before", samples[3])).containsExactly("9", "true", "false", "nan");
    assertThat(row("before", samples[4])).containsExactly("4", "true", "true", "");
    assertThat(row("before", samples[last])).containsExactly("9", "true", "false", "missing");
    assertThat(result.err())
        .contains("'other-prediction'", "'stale'", "'missing'", "'nan'")
        .contains("adv.npy");
    float[] passed =
        NumpyFiles.images(folder.resolve("runs/improving/arrays/learned.npy"))[place(samples[0])];
    assertThat(passed).as("passed through").isEqualTo(examples[0]);
  }

  private int place(long sample) {
    long[] all = NumpyFiles.numbers(folder.resolve("runs/improving/arrays/samples.npy"));
    return Arrays.binarySearch(all, sample);
  }

  /** Returns predicted, attempted, success and reason of a sample at a step. */
  private List<String> row(String step, long sample) throws IOException {
    List<String[]> lines =
        Files.readAllLines(folder.resolve("runs/improving/samples.csv")).stream()
            .map(line -> line.split(",", -1))
            .toList();
    List<String> header = List.of(lines.get(0));
    String[] found =
        lines.stream()
            .filter(line -> line[header.indexOf("step")].equals(step))
            .filter(line -> line[header.indexOf("index")].equals(Long.toString(sample)))
            .findFirst()
            .orElseThrow();
    return List.of("predicted", "attempted", "success", "reason").stream()
        .map(column -> found[header.indexOf(column)])
        .toList();
  }

  private Result run(String yaml) throws IOException, InterruptedException {
    write(yaml);
    return HoneProcess.in(folder).run("run", scenario.toString());
  }

  private void write(String yaml) throws IOException {
    Files.writeString(scenario, yaml);
  }

  private void write(String name, float[]... images) {
    Path file = folder.resolve(name);
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 1, 28, 28)) {
      for (float[] image : images) {
        writer.append(image);
      }
    }
  }
}
