package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.model.ModelCard;
import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.SummaryFile;
import io.hone.scenario.card.ModelCards;
import io.hone.testkit.jar.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The trainer of the plugin author's guide, in a jar and a class loader of its own: it makes pairs
 * of its own, attacks its own batches, and what it trains is attacked in a scenario.
 */
class PluginTrainerIT {
  private static final Path GUIDE =
      Path.of("../../plugin-api/testkit/src/test/java/io/hone/testkit/guide");

  private static final List<String> SOURCES =
      List.of("LinearTrainer", "LinearNetwork", "LinearOnnx", "LabelledSteps");

  private static final String TRAINING =
      """
      hone: 1
      name: linear
      train: {use: linear-classifier, with: {epochs: 12, epsilon: %s}}
      data:
        dataset: {use: mnist, with: {split: test}, take: 600}
        model: {card: models/mnist-lenet5}
        steps: [{id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}]
      validation: {every: 5}
      test: {use: mnist, with: {split: test}, select: {from: 1000, count: 400}}
      out: %s
      """;

  private static final String SCENARIO =
      """
      hone: 1
      name: %1$s
      dataset: {use: mnist, with: {split: test}, select: {from: 1000, count: 300}}
      model: {card: %1$s}
      steps: [{id: fgsm, attack: {use: fgsm, with: {epsilon: 0.1}}}]
      """;

  /** A trainer whose recipe is wrong, as its parameter says. */
  private static final String BROKEN =
      """
      package example;

      import io.hone.api.*;
      import io.hone.api.data.Tensor;
      import io.hone.api.run.Run;
      import io.hone.api.train.*;
      import java.util.*;
      import org.pf4j.Extension;

      @Named(id = "broken", summary = "Makes pairs that are wrong.")
      @Extension
      public final class Broken implements Trainer<Broken.Params> {
        public record Params(@Param(value = "Whether it throws.", def = "false") boolean throwing) {}

        @Override
        public Recipe recipe(Params parameters, TrainingChoices choices) {
          return new Recipe() {
            @Override
            public String key() {
              return "broken";
            }

            @Override
            public Set<Ingredient> needs() {
              return Set.of();
            }

            @Override
            public List<Pairs> pairs(PairImages images, Run run) {
              Tensor targets = Tensor.zeros(1, 2);
              targets.set(0, 1, Float.NaN);
              int[] rows = new int[parameters.throwing() ? 2 : 1];
              return List.of(new Pairs(rows, images.clean().pixels().rows(0, 1), targets));
            }
          };
        }

        @Override
        public TrainedModel train(
            Params parameters, TrainingTask task, BatchTransform transform, Run run) {
          throw new IllegalStateException("never here");
        }
      }
      """;

  @TempDir static Path plugins;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @BeforeAll
  static void build() throws IOException {
    PluginJarBuilder jar = PluginJarBuilder.plugin("guide", "1.0");
    for (String source : SOURCES) {
      jar.source(
          "io.hone.testkit.guide." + source, Files.readString(GUIDE.resolve(source + ".java")));
    }
    jar.source("example.Broken", BROKEN).build(plugins.resolve("guide.jar"));
  }

  @Test
  void attacksInsideTheLoopMakeAClassifierThatWithstandsThem() throws IOException {
    double plain = successRate("plain", "0");
    double hardened = successRate("hardened", "0.1");

    assertThat(plain).isGreaterThan(0.6);
    assertThat(hardened).isLessThan(plain - 0.2);
  }

  /** Trains a classifier, attacks it and returns the share of successes. */
  private double successRate(String name, String epsilon) throws IOException {
    succeed("train", TRAINING.formatted(epsilon, name));
    ModelCard card = ModelCards.read(hone.file(name));
    Map<String, Object> training = card.training();
    assertThat(card.output().classes()).isEqualTo(10);
    assertThat(training).containsEntry("component", "linear-classifier");
    assertThat(hone.file(name + "/training.html")).as("it tells of no epoch").doesNotExist();
    // 480 clean images, and those of them on which the attack of the data section succeeds.
    assertThat((int) training.get("training_examples")).isBetween(550, 960);
    assertThat((double) ((Map<?, ?>) training.get("figures")).get("test_accuracy"))
        .isGreaterThan(0.6);
    succeed("run", SCENARIO.formatted(name));
    StepSummary attack = SummaryFile.read(hone.file("out")).steps().get(1);
    return (double) attack.metrics().get("success_rate");
  }

  private void succeed(String command, String yaml) throws IOException {
    Result result = run(command, yaml);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Result run(String command, String yaml) throws IOException {
    Path file = hone.write(command + ".yaml", yaml);
    return command.equals("run")
        ? hone.runHere(
            command,
            file.toString(),
            "--plugins=" + plugins,
            "--out=" + hone.file("out"),
            "--overwrite")
        : hone.runHere(
            command, file.toString(), "--plugins=" + plugins, "--data-dir=" + hone.file("data"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epsilon: 0.1 | epsilon: 0.1, attack: fgms | needs the attack fgms, which no plugin brings",
        "epsilon: 0.1 | epsilon: 0.1, attack: cw-l2 | gives the attack cw-l2 parameters that do not"
      })
  void mistakesOfATrainingAreToldBeforeTheFirstExample(String text, String other, String message)
      throws IOException {
    Result result = run("train", TRAINING.formatted("0.1", "linear").replace(text, other));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("train.yaml:3:").contains(message);
    assertThat(hone.file("linear")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | trainer broken of the plugin guide 1.0 ended with java.lang.IllegalArgumentException",
        "false | the trainer broken of guide 1.0 makes the target NaN for sample 0"
      })
  void aWrongRecipeIsToldByTheNameOfItsPlugin(boolean throwing, String message) throws IOException {
    Result result =
        run(
            "train",
            """
            hone: 1
            name: broken
            train: {use: broken, with: {throwing: %s}}
            data: {dataset: {use: mnist, with: {split: test}, take: 20}}
            out: broken
            """
                .formatted(throwing));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(message);
  }
}
