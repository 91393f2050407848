package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.SummaryFile;
import io.hone.host.figure.FigureTree;
import io.hone.testkit.jar.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Metrics that look inside a real network: the distribution's, and the guide's from a jar. */
class CoverageIT {
  private static final Path GUIDE =
      Path.of("../../plugin-api/testkit/src/test/java/io/hone/testkit/guide/Silence.java");

  private static final String SCENARIO =
      """
      hone: 1
      name: inside
      seed: 7
      dataset: {use: mnist, with: {split: test}, take: 40}
      model: {card: models/mnist-lenet5}
      run: {batch: 16, threads: 2}
      metrics:
        - accuracy
        - %s
      steps:
        - {id: noise, attack: {use: uniform-noise, with: {epsilon: 0.3}}}
      """;

  /** Comes after the last metric. */
  private static final String PROFILE =
      "\nprofile: {use: mnist, with: {split: test}, select: {from: 200, to: 700}}";

  private static final String RANGES = "{use: coverage, with: {criteria: [kmnc, nbc, snac]}}";

  @TempDir static Path plugins;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @BeforeAll
  static void build() throws IOException {
    PluginJarBuilder.plugin("own", "1.0")
        .source("io.hone.testkit.guide.Silence", Files.readString(GUIDE))
        .build(plugins.resolve("own.jar"));
  }

  private Result run(String command, String metric, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.add(hone.write("inside.yaml", SCENARIO.formatted(metric)).toString());
    arguments.add("--plugins=" + plugins);
    arguments.add("--data-dir=" + hone.file("data"));
    arguments.addAll(List.of(more));
    return hone.runHere(arguments.toArray(String[]::new));
  }

  private Map<?, ?> figures(String out, int step, String metric) throws IOException {
    return (Map<?, ?>) SummaryFile.read(hone.file(out)).steps().get(step).metrics().get(metric);
  }

  @Test
  void dependsNeitherOnBatchesNorOnThreads() throws IOException {
    for (List<String> how : List.of(List.of("16", "2"), List.of("1", "1"), List.of("40", "1"))) {
      Result result =
          run(
              "run",
              "coverage",
              "--set=run.batch=" + how.get(0),
              "--set=run.threads=" + how.get(1),
              "--out=" + hone.file(how.get(0)));
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    Map<?, ?> clean = figures("16", 0, "coverage");
    assertThat(clean)
        .isEqualTo(figures("1", 0, "coverage"))
        .isEqualTo(figures("40", 0, "coverage"));
    assertThat(clean.get("layers")).isEqualTo(4.0);
    Map<?, ?> noise = figures("16", 1, "coverage");
    assertThat(noise)
        .isEqualTo(figures("1", 1, "coverage"))
        .isEqualTo(figures("40", 1, "coverage"));
    assertThat(share(noise, "with_clean")).isGreaterThanOrEqualTo(share(clean, ""));
    assertThat(share(noise, "with_clean")).isGreaterThanOrEqualTo(share(noise, ""));
  }

  private static double share(Map<?, ?> coverage, String level) {
    Map<?, ?> figures = level.isEmpty() ? coverage : (Map<?, ?>) coverage.get(level);
    return (double) ((Map<?, ?>) figures.get("tknc")).get("top_1");
  }

  /** What numpy makes of the answers of the same network in PyTorch: {@code record_coverage.py}. */
  @ParameterizedTest
  @ValueSource(strings = {"channel-mean scaled", "channel-mean raw", "unit scaled", "unit raw"})
  void isWhatNumpyMakesOfTheSameActivations(String form) throws IOException {
    JsonNode recorded =
        JsonMapper.shared()
            .readTree(CoverageIT.class.getResourceAsStream("coverage-lenet5.json"))
            .get(form);
    String metric =
        ("{use: coverage, with: {neuron: %s, scaled: %s, thresholds: [0, 0.25, 0.75], top: [1, 2],"
                + " criteria: [nc, kmnc, nbc, snac, tknc, tknp], sections: 100}}")
            .formatted(form.split(" ")[0], form.endsWith("scaled"));
    Result result =
        run("run", metric + PROFILE, "--set=dataset.take=60", "--out=" + hone.file("inside"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<String, Object> clean = SummaryFile.read(hone.file("inside")).steps().get(0).metrics();
    double neurons = recorded.get("neurons").asDouble();
    recorded
        .properties()
        .forEach(
            figure -> {
              // A neuron near a threshold may fall to the other side on another processor.
              boolean share = figure.getValue().asDouble() < 1;
              assertThat(FigureTree.find(clean, "coverage." + figure.getKey()))
                  .as(figure.getKey())
                  .hasValueCloseTo(
                      figure.getValue().asDouble(), within(share ? 1.5 / neurons : 1.5));
            });
  }

  /** What scipy makes of the answers of the same network: {@code record_surprise.py}. */
  @Test
  void surpriseIsWhatScipyMakesOfTheSameActivations() throws IOException {
    JsonNode recorded =
        JsonMapper.shared().readTree(CoverageIT.class.getResourceAsStream("surprise-lenet5.json"));
    Result result =
        run(
            "run",
            "{use: surprise, with: {variance: 0.001}}" + PROFILE.replace("700", "3200"),
            "--set=dataset.take=60",
            "--out=" + hone.file("inside"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<String, Object> clean = SummaryFile.read(hone.file("inside")).steps().get(0).metrics();
    for (String figure : List.of("samples", "mean", "median", "max", "coverage")) {
      for (String adequacy : List.of("lsa", "dsa")) {
        double expected = recorded.get(adequacy).get(figure).asDouble();
        // An image near the edge of a bucket may fall to the other side on another processor.
        double tolerance = figure.equals("coverage") ? 1.5 / 1000 : 1e-3 * Math.abs(expected);
        assertThat(FigureTree.find(clean, "surprise." + adequacy + "." + figure))
            .as(adequacy + "." + figure)
            .hasValueCloseTo(expected, within(tolerance));
      }
    }
    assertThat(FigureTree.find(clean, "surprise.lsa.classes")).hasValue(10);
  }

  @Test
  void theProfileIsKeptAndFoundByItsContent() throws IOException {
    for (List<String> how : List.of(List.of("first", "16"), List.of("second", "7"))) {
      Result result =
          run(
              "run",
              RANGES + PROFILE,
              "--set=run.batch=" + how.get(1),
              "--out=" + hone.file(how.get(0)));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err().contains("profile of mnist-lenet5"))
          .as("looks at the images of the profile: " + how.get(0))
          .isEqualTo(how.get(0).equals("first"));
    }
    assertThat(figures("first", 1, "coverage")).isEqualTo(figures("second", 1, "coverage"));
    Path kept = onlyProfile();
    byte[] whole = Files.readAllBytes(kept);

    // Cut off: made again, and the same.
    Files.write(kept, Arrays.copyOf(whole, whole.length / 2));
    Result again = run("run", RANGES + PROFILE, "--out=" + hone.file("third"));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("cannot be used (").contains("it is made again");
    assertThat(kept).hasBinaryContent(whole);

    // Of fewer images: another profile, and put in its place it is refused.
    Result fewer = run("run", RANGES + PROFILE.replace("700", "300"), "--out=" + hone.file("few"));
    assertThat(fewer.exitCode()).as(fewer.err()).isZero();
    Files.write(kept, Files.readAllBytes(otherProfile(kept)));
    Result refused = run("run", RANGES + PROFILE, "--out=" + hone.file("refused"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("holds the profile of something else: it differs in images.")
        .contains("Delete the file");
    assertThat(hone.file("refused")).doesNotExist();
  }

  private Path onlyProfile() throws IOException {
    return otherProfile(Path.of("none"));
  }

  private Path otherProfile(Path than) throws IOException {
    try (Stream<Path> files = Files.list(hone.file("data/activation-profiles"))) {
      List<Path> others = files.filter(file -> !file.equals(than)).toList();
      assertThat(others).hasSize(1);
      return others.get(0);
    }
  }

  /** The clean images of the profile itself are never beyond their own ranges. */
  @Test
  void theImagesOfTheProfileAreWithinTheirRanges() throws IOException {
    Result result =
        run(
            "run",
            RANGES + "\nprofile: {use: mnist, with: {split: test}, take: 40}",
            "--out=" + hone.file("inside"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<?, ?> clean = figures("inside", 0, "coverage");
    assertThat(clean.get("nbc")).isEqualTo(0.0);
    assertThat(clean.get("snac")).isEqualTo(0.0);
    assertThat((double) clean.get("kmnc")).isPositive();
    assertThat((double) figures("inside", 1, "coverage").get("snac")).isPositive();
  }

  @Test
  void aMetricOfAPluginReadsTheValuesThatItNames() throws IOException {
    Result result =
        run(
            "run",
            "{use: silence, with: {layers: [conv1.relu, dense*.relu]}}",
            "--out=" + hone.file("inside"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    double silent = (double) figures("inside", 0, "silence").get("mean");
    assertThat(silent).isBetween(0.1, 0.95);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{use: coverage, with: {layers: [conv1.rely]}} | the layer 'conv1.rely', which the model mnist-lenet5 does not have; did you mean 'conv1.relu'? it has conv1 (Conv), conv1.relu (Relu)",
        "{use: coverage, with: {layers: ['x*']}} | the layer 'x*', which the model mnist-lenet5 does not have; it has",
        "{use: coverage, with: {thresholds: [0.5, 0.50]}} | 'thresholds' says something twice",
        "{use: coverage, with: {top: [0]}} | 'top' must be",
        "{use: coverage, with: {criteria: [nbc]}} | inside.yaml:9:5: the metric coverage compares with what neurons answer to ordinary images, and the scenario names none",
        "'{use: coverage}\nprofile: {use: mnist, with: {split: test}}' | inside.yaml:10:10: none of the metrics needs a profile",
        "'{use: coverage, with: {criteria: [nbc]}}\nprofile: {use: digits}' | inside.yaml:10:16: ",
        "'{use: coverage, with: {criteria: [nbc]}}\nprofile: {use: image-folder, with: {folder: nowhere}}' | inside.yaml:10:",
        "'{use: coverage, with: {criteria: [nbc]}}\nprofile: {use: mnist, with: {split: test}, select: {from: 10000}}' | inside.yaml:10:10: select asks for the positions 10000",
        "'{use: coverage, with: {criteria: [kmnc], neuron: unit, sections: 900000}}\nprofile: {use: mnist, with: {split: test}}' | take neuron: channel-mean (226 neurons)",
        "{use: coverage, with: {criteria: [kmnk]}} | did you mean 'kmnc'?",
        "{use: coverage, with: {neuron: unitt}} | did you mean 'unit'?"
      })
  void mistakesAreToldBeforeTheFirstImage(String metric, String message) throws IOException {
    Result result = run("run", metric, "--out=" + hone.file("inside"));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(message);
    assertThat(hone.file("inside")).doesNotExist();
  }

  @Test
  void theLayersOfAModelAreListed() {
    String model = HoneProcess.checkout().resolve("models/mnist-lenet5").toString();
    Result listed = hone.runHere("model", "layers", model);
    assertThat(listed.exitCode()).as(listed.err()).isZero();
    assertThat(listed.out())
        .containsPattern("conv1 +Conv +6 +\\d+\\n")
        .containsPattern("conv1\\.relu +Relu +6 +\\d+ +\\*\\n")
        .containsPattern("dense3 +Gemm +10 +1\\n");
    Result refused = hone.runHere("model", "layers", model, "--height", "32");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--height is 32, but the model takes 28 alone");
    Result unread =
        hone.runHere(
            "model",
            "layers",
            HoneProcess.checkout().resolve("models/mnist-lenet5-samediff").toString());
    assertThat(unread.exitCode()).isEqualTo(2);
    assertThat(unread.err()).contains("reads no values inside it; name an ONNX file");
  }

  @Test
  void aModelThatCannotBeReadIsRefusedByName() throws IOException {
    Result result = run("validate", "coverage", "--set=model.card=models/mnist-lenet5-samediff");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("the metric coverage looks inside the model")
        .contains("reads no values inside it; run an ONNX file");
  }
}
