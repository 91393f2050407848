package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.model.ModelCard;
import io.hone.cli.HoneProcess.Result;
import io.hone.scenario.card.ModelCards;
import io.hone.testkit.jar.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The architecture of the plugin author's guide, in a jar and a class loader of its own. */
class PluginArchitectureIT {
  private static final Path GUIDE =
      Path.of("../../plugin-api/testkit/src/test/java/io/hone/testkit/guide/Shortcuts.java");

  /** A chain that either engine holds, or an architecture that is wrong, as its parameter says. */
  private static final String ROWS =
      """
      package example;

      import io.hone.api.*;
      import io.hone.api.model.Task;
      import io.hone.network.*;
      import org.pf4j.Extension;

      @Named(id = "rows", summary = "Multiplies the features of an image with a matrix.")
      @Extension
      public final class Rows implements Architecture<Rows.Params> {
        public enum Fault { NONE, THROWS, IMAGE, UNREAD, NOTHING }

        public record Params(
            @Param(value = "Size of a window.", def = "2", min = 1) int window,
            @Param(value = "What is wrong.", def = "none") Fault fault) {}

        @Override
        public Task task() {
          return Task.CLASSIFIER;
        }

        @Override
        public Value build(Params parameters, Value image, int classes) {
          Value pooled = image.then(new Layer.MaxPooling(parameters.window()));
          return switch (parameters.fault()) {
            case THROWS -> throw new IllegalStateException("no idea");
            case IMAGE -> pooled;
            case UNREAD -> image.then(new Layer.Flatten());
            case NOTHING -> null;
            case NONE ->
                pooled.then(new Layer.Flatten()).then(new Layer.Dense(classes, Activation.NONE));
          };
        }
      }
      """;

  private static final String TRAINING =
      """
      hone: 1
      name: own
      train: {use: classifier, engine: %s, with: {architecture: %s, epochs: 1, batch: 32}}
      data: {dataset: {use: mnist, with: {split: test}, take: 200}}
      validation: {every: 5}
      out: own
      """;

  @TempDir static Path plugins;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @BeforeAll
  static void build() throws IOException {
    PluginJarBuilder.plugin("own", "1.0")
        .source("io.hone.testkit.guide.Shortcuts", Files.readString(GUIDE))
        .source("example.Rows", ROWS)
        .build(plugins.resolve("own.jar"));
  }

  private Result run(String command, String engine, String architecture) throws IOException {
    Path file = hone.write("train.yaml", TRAINING.formatted(engine, architecture));
    return hone.runHere(
        command, file.toString(), "--plugins=" + plugins, "--data-dir=" + hone.file("data"));
  }

  private ModelCard trained(String engine, String architecture) throws IOException {
    Result result = run("train", engine, architecture);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return ModelCards.read(hone.file("own"));
  }

  private static Object architecture(ModelCard card) {
    return ((Map<?, ?>) card.training().get("parameters")).get("architecture");
  }

  @Test
  void isTrainedAndItsCardTellsItsParameters() throws IOException {
    ModelCard card = trained("onnxruntime", "{use: shortcuts, with: {filters: 6}}");

    assertThat(architecture(card))
        .isEqualTo(Map.of("use", "shortcuts", "with", Map.of("filters", 6, "blocks", 2)));
    assertThat(card.training().get("layers").toString()).contains("add2: Add of conv3, add1");
    assertThat(hone.runHere("model", "check", hone.file("own").toString()).exitCode()).isZero();
  }

  @Test
  void isTrainedInSameDiffWhereSameDiffHoldsItsLayers() throws IOException {
    ModelCard card = trained("dl4j", "rows");

    assertThat(architecture(card)).isEqualTo("rows");
    assertThat(card.training()).containsEntry("engine", "dl4j");
    Result refused = run("validate", "dl4j", "shortcuts");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("SameDiff cannot hold add1 (Add)");
  }

  @Test
  void isListedAndDescribedLikeThoseOfHone() {
    String listed = hone.runHere("list", "architectures", "--plugins=" + plugins).out();
    assertThat(listed)
        .containsPattern("shortcuts +classifier +filters, blocks +own 1.0 ")
        .containsPattern("resnet20 +classifier +filters, blocks +hone ");
    String described = hone.runHere("describe", "shortcuts", "--plugins=" + plugins).out();
    assertThat(described).contains("shortcuts (architecture, own 1.0)", "Filters of each");
    assertThat(hone.runHere("describe", "classifier").out())
        .containsPattern("architecture +lenet5 +ID or \\{use: ID, with: \\{...}} ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shortcutz | 2 | train.yaml:3:68: there is no architecture 'shortcutz'; did you mean 'shortcuts'?",
        "{use: shortcuts, with: {filters: 0}} | 2 | train.yaml:3:101: 'filters' must be",
        "denoiser | 2 | train.yaml:3:68: the architecture 'denoiser' returns images; 'architecture' takes",
        "denoiser | 2 | resnet20, rows, shortcuts, small-vgg",
        "{use: rows, with: {window: 40}} | 2 | train.yaml:3:68: the architecture rows of own 1.0 takes no images of 1x28x28: pool1",
        "{use: rows, with: {fault: image}} | 2 | it returns images of 1x14x14 where 10 logits in a row are needed",
        "{use: rows, with: {fault: unread}} | 2 | pool1 (MaxPooling 2x2) does not reach the output",
        "{use: rows, with: {fault: nothing}} | 2 | the architecture rows of own 1.0 makes no network",
        "{use: rows, with: {fault: throws}} | 1 | architecture rows of the plugin own 1.0 ended with java.lang.IllegalStateException: no idea"
      })
  void mistakesAreToldBeforeTheFirstExample(String architecture, int exitCode, String message)
      throws IOException {
    Result result = run("validate", "onnxruntime", architecture);

    assertThat(result.err()).contains(message);
    assertThat(result.exitCode()).isEqualTo(exitCode);
  }
}
