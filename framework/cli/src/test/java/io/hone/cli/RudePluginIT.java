package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.SummaryFile;
import io.hone.testkit.jar.PluginJarBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that ends the JVM, or ends with an error that nobody expects, is told of by name. */
class RudePluginIT {
  private static final String IMPORTS =
      """
      package example;

      import io.hone.api.*;
      import io.hone.api.victim.*;
      import io.hone.api.data.*;
      import io.hone.api.metric.*;
      import io.hone.api.model.*;
      import io.hone.api.run.*;
      import io.hone.api.train.*;
      import java.nio.file.Path;
      import java.util.*;
      import org.pf4j.Extension;

      """;

  private static final String MANNERS =
      """
      package example;

      import java.util.List;

      final class Manners {
        private Manners() {}

        private static final class Unreadable extends RuntimeException {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no words");
          }
        }

        static void show(String how) {
          switch (how) {
            case "exit" -> System.exit(0);
            case "exit-refused" -> System.exit(2);
            case "halt" -> Runtime.getRuntime().halt(0);
            case "death" -> throw new ThreadDeath();
            case "depth" -> show(how);
            case "internal" -> throw new InternalError("oh");
            case "memory" -> throw new OutOfMemoryError("oh");
            case "runtime" -> throw new IllegalStateException("oh");
            case "range" -> List.of().get(3);
            case "unreadable" -> throw new Unreadable();
            case "checked" -> Manners.<RuntimeException>sneak(new java.io.IOException("oh"));
            default -> {}
          }
        }

        @SuppressWarnings("unchecked")
        private static <E extends Exception> void sneak(Exception undeclared) throws E {
          throw (E) undeclared;
        }
      }
      """;

  private static final String ATTACK =
      """
      @Named(id = "rude-attack", summary = "Attacks rudely.")
      @Extension
      public class RudeAttack implements Attack<RudeAttack.Params> {
        public record Params(@Param(value = "How it ends.", def = "none") String how) {}

        @Override
        public Access access(Params parameters) {
          return Access.LABELS;
        }

        @Override
        public void attack(
            Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
          Manners.show(parameters.how());
        }
      }
      """;

  private static final String DEFENSE =
      """
      @Named(id = "rude-defense", summary = "Defends rudely.")
      @Extension
      public class RudeDefense implements Defense<RudeDefense.Params> {
        public record Params(@Param(value = "How it ends.", def = "none") String how) {}

        @Override
        public void prepare(Params parameters, Setting setting, Run run) {
          if (parameters.how().startsWith("close-")) {
            run.once(
                "rude",
                () -> (AutoCloseable) () -> Manners.show(parameters.how().substring(6)));
          }
        }

        @Override
        public Classifier protect(Params parameters, Classifier base, Run run) {
          return new Classifier() {
            @Override
            public int classes() {
              return base.classes();
            }

            @Override
            public boolean accepts(ImageShape shape) {
              return base.accepts(shape);
            }

            @Override
            public Tensor logits(ImageBatch images) {
              Manners.show(parameters.how());
              return base.logits(images);
            }
          };
        }
      }
      """;

  private static final String DATASET =
      """
      @Named(id = "rude-data", summary = "Reads rudely.")
      @Extension
      public class RudeData implements DatasetProvider<RudeData.Params> {
        public record Params(@Param(value = "How it ends.", def = "none") String how) {}

        @Override
        public Dataset open(Params parameters, DatasetRequest request, Run run) {
          return new Dataset() {
            @Override
            public long size() {
              return 4;
            }

            @Override
            public ImageShape shape() {
              return new ImageShape(1, 28, 28);
            }

            @Override
            public List<String> classNames() {
              return List.of();
            }

            @Override
            public void read(long position, Tensor into, int[] labels) {
              Manners.show(parameters.how());
            }

            @Override
            public int label(long position) {
              return 0;
            }

            @Override
            public String fingerprint() {
              return "rude";
            }
          };
        }
      }
      """;

  /** How it ends is the name of the file that it is asked about. */
  private static final String BACKEND =
      """
      @Named(id = "rude-backend", summary = "Opens models rudely.")
      @Extension
      public class RudeBackend implements ModelBackend<RudeBackend.Params> {
        public record Params() {}

        @Override
        public boolean accepts(ModelCard card) {
          return false;
        }

        @Override
        public Optional<ModelCard> describe(Path file) {
          String name = file.getFileName().toString();
          if (name.endsWith(".rude")) {
            Manners.show(name.substring(0, name.length() - 5));
          }
          return Optional.empty();
        }

        @Override
        public Classifier openClassifier(Params parameters, ModelCard card, Run run) {
          throw new IllegalStateException("never here");
        }

        @Override
        public ImageTransformer openImageTransformer(
            Params parameters, ModelCard card, Run run) {
          throw new IllegalStateException("never here");
        }

        @Override
        public String device(Params parameters, Run run) {
          return "cpu";
        }
      }
      """;

  private static final String METRIC =
      """
      @Named(id = "rude-metric", summary = "Measures rudely.")
      @Extension
      public class RudeMetric implements Metric<RudeMetric.Params> {
        public record Params(@Param(value = "How it ends.", def = "none") String how) {}

        @Override
        public Accumulator start(Params parameters, Setting setting) {
          Manners.show(parameters.how());
          return null;
        }
      }
      """;

  private static final String TRAINER =
      """
      @Named(id = "rude-trainer", summary = "Trains rudely.")
      @Extension
      public class RudeTrainer implements Trainer<RudeTrainer.Params> {
        public record Params(@Param(value = "How it ends.", def = "none") String how) {}

        @Override
        public Recipe recipe(Params parameters, TrainingChoices choices) {
          return Recipe.labels();
        }

        @Override
        public TrainedModel train(
            Params parameters, TrainingTask task, BatchTransform transform, Run run) {
          Manners.show(parameters.how());
          throw new IllegalStateException("never here");
        }
      }
      """;

  @TempDir static Path plugins;
  @TempDir Path folder;

  @BeforeAll
  static void setUp() {
    PluginJarBuilder.plugin("rude", "1.0")
        .source("example.Manners", MANNERS)
        .source("example.RudeAttack", IMPORTS + ATTACK)
        .source("example.RudeDefense", IMPORTS + DEFENSE)
        .source("example.RudeData", IMPORTS + DATASET)
        .source("example.RudeBackend", IMPORTS + BACKEND)
        .source("example.RudeMetric", IMPORTS + METRIC)
        .source("example.RudeTrainer", IMPORTS + TRAINER)
        .build(plugins.resolve("rude.jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "exit-refused", "halt"})
  void endingTheJvmIsNoSuccess(String how) throws Exception {
    Result result = process("run", scenario("attack", how));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .contains("error:", "plugin", "before it was done")
        .contains(how.equals("halt") ? "Runtime.halt" : "example.Manners.show");
    assertThat(folder.resolve("runs/rude/summary.json")).doesNotExist();
  }

  @Test
  void endingTheJvmIsNoSuccessWhereTheResultsAreWritten() throws Exception {
    Result result = process("run", scenario("defense", "close-exit"));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("error:", "plugin", "before it was done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "halt"})
  void endingTheJvmIsNoSuccessOfATrainingEither(String how) throws Exception {
    Result result = process("train", training(how));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("error:", "plugin", "before it was done");
  }

  private Result process(String command, Path file) throws Exception {
    return HoneProcess.in(folder).run(command, file.toString(), "--plugins", plugins.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "attack, death, java.lang.ThreadDeath",
    "attack, depth, java.lang.StackOverflowError",
    "attack, internal, java.lang.InternalError: oh",
    "attack, checked, java.io.IOException: oh",
    "defense, death, java.lang.ThreadDeath",
    "dataset, death, java.lang.ThreadDeath",
    "metric, death, java.lang.ThreadDeath",
    "attack, runtime, java.lang.IllegalStateException: oh at example.Manners.show",
    "defense, runtime, java.lang.IllegalStateException: oh at example.Manners.show",
    "dataset, runtime, java.lang.IllegalStateException: oh at example.Manners.show",
    "metric, runtime, java.lang.IllegalStateException: oh at example.Manners.show",
    "backend, runtime, java.lang.IllegalStateException: oh at example.Manners.show",
    "attack, unreadable, example.Manners$Unreadable (its message cannot be read)",
    "metric, unreadable, example.Manners$Unreadable (its message cannot be read)"
  })
  void anErrorOfAComponentNamesItsPlugin(String kind, String how, String error) throws Exception {
    String told = failure(scenario(kind, how));

    String component = kind + " rude-" + (kind.equals("dataset") ? "data" : kind);
    assertThat(told).contains(component + " of the plugin rude 1.0 ended with " + error);
    if (kind.equals("attack")) {
      assertThat(told).contains("attack rude-attack of step rude");
    }
  }

  @Test
  void whatTheJdkRefusesIsToldWithItsCaller() throws Exception {
    assertThat(failure(scenario("dataset", "range")))
        .contains("rude 1.0 ended with java.lang.ArrayIndexOutOfBounds", "at example.Manners.show");
  }

  @Test
  void aComponentThatRunsOutOfMemoryIsNamedBesideTheAdvice() throws Exception {
    assertThat(failure(scenario("attack", "memory")))
        .contains("attack rude-attack of step rude", "not enough memory", "HONE_JAVA_OPTIONS");
  }

  @Test
  void anErrorOfATrainerNamesItsPlugin() throws Exception {
    Result result = process("train", training("unreadable"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("trainer rude-trainer of the plugin rude 1.0 ended with example.Manners$Unread");
  }

  /** Returns what is told of a failure: at once, or of a run that had begun, in its summary. */
  private String failure(Path file) {
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute(
                "run",
                file.toString(),
                "--plugins=" + HoneProcess.distribution().resolve("plugins"),
                "--plugins=" + plugins,
                "--out=" + folder.resolve("out"));

    assertThat(exitCode).isEqualTo(1);
    return Files.exists(folder.resolve("out/summary.json"))
        ? SummaryFile.read(folder.resolve("out")).error()
        : err.toString();
  }

  private Path scenario(String kind, String how) throws IOException {
    String ending = "with: {how: %s}}".formatted(how);
    String rude =
        """
        hone: 1
        name: rude
        dataset: %s
        model: {card: %s}
        run: {batch: 2, threads: 2}
        steps:
          - {id: rude, attack: %s}
          - {id: defended, defend: %s}
        metrics: %s
        """
            .formatted(
                kind.equals("dataset")
                    ? "{use: rude-data, " + ending
                    : "{use: mnist, with: {split: test}, take: 4}",
                kind.equals("backend") ? model(how) : "models/mnist-lenet5",
                "{use: rude-attack" + (kind.equals("attack") ? ", " + ending : "}"),
                "{use: rude-defense" + (kind.equals("defense") ? ", " + ending : "}"),
                kind.equals("metric") ? "[{use: rude-metric, " + ending + "]" : "[success-rate]");
    return Files.writeString(folder.resolve("scenario.yaml"), rude);
  }

  private Path model(String how) throws IOException {
    return Files.writeString(folder.resolve(how + ".rude"), "no model");
  }

  private Path training(String how) throws IOException {
    return Files.writeString(
        folder.resolve("training.yaml"),
        """
        hone: 1
        name: rude
        train: {use: rude-trainer, with: {how: %s}}
        data:
          dataset: {use: mnist, with: {split: test}, take: 8}
        validation: {every: 4}
        out: model
        """
            .formatted(how));
  }
}
