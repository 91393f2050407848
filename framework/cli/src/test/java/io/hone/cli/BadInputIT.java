package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.SummaryFile;
import io.hone.testkit.jar.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong is told at its place, with the exit code that scripts rely on. */
class BadInputIT {
  private static final String SCENARIO =
      """
      hone: 1
      name: bad
      dataset: {use: mnist, with: {split: test}, take: 4}
      model: {card: models/mnist-lenet5}
      goal: {targeted: 4}
      steps:
        - {id: fgsm, attack: {use: fgsm, with: {epsilon: 0.1}}}
      """;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void aScenarioWithManyMistakesTellsAllOfThem() throws Exception {
    Path file =
        write(
            SCENARIO
                .replace("use: fgsm", "use: fgms")
                .replace("split: test", "split: tset")
                .replace("targeted: 4", "targetted: 4"));
    Result result = hone.run("run", file.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("scenario.yaml:3:", "scenario.yaml:5:", "scenario.yaml:7:")
        .contains("fgsm", "test", "targeted");
    assertThat(hone.file("runs")).doesNotExist();
    assertThat(hone.runHere("validate", file.toString()).exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targeted: 4             | targeted: 10                       | class 10",
        "models/mnist-lenet5     | broken.onnx                        | broken.onnx",
        "models/mnist-lenet5     | empty.onnx                         | empty.onnx",
        "models/mnist-lenet5     | truncated.onnx                     | truncated.onnx",
        "use: mnist, with: {split: test} | use: numpy, with: {images: wide.npy} | 1x28x30",
        "use: mnist, with: {split: test} | use: numpy, with: {images: cut.npy}  | cut.npy",
        "use: mnist, with: {split: test} | use: numpy, with: {images: right.npy, labels: labels.npy} | label 11",
      })
  void whatDoesNotFitIsFoundBeforeTheFirstBatch(String from, String to, String expected)
      throws Exception {
    Path model = HoneProcess.checkout().resolve("models/mnist-lenet5/model.onnx");
    byte[] onnx = Files.readAllBytes(model);
    Files.writeString(hone.file("broken.onnx"), "this is a poem, not a model");
    Files.createFile(hone.file("empty.onnx"));
    Files.write(hone.file("truncated.onnx"), Arrays.copyOf(onnx, onnx.length / 2));
    NumpyFiles.images(hone.file("wide.npy"), 4, 28, 30);
    NumpyFiles.images(hone.file("right.npy"), 4, 28, 28);
    byte[] array = Files.readAllBytes(hone.file("right.npy"));
    Files.write(hone.file("cut.npy"), Arrays.copyOf(array, array.length - 100));
    NumpyFiles.labels(hone.file("labels.npy"), 1, 2, 3, 11);

    Path file = write(SCENARIO.replace(from, to));
    Path out = hone.file("out");
    Result result = hone.runHere("run", file.toString(), "--out", out.toString());

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("scenario.yaml:").contains(expected);
    assertThat(out).doesNotExist();
  }

  @Test
  void aPluginThatThrowsFailsTheRunAndKeepsWhatWasFinished() throws Exception {
    Path jar = hone.file("plugins").resolve("moody.jar");
    Files.createDirectories(jar.getParent());
    PluginJarBuilder.plugin("moody", "1.0").source("example.Moody", MOODY).build(jar);
    Path file =
        write(
            SCENARIO
                .replace("take: 4", "take: 100")
                .replace("{use: fgsm, with: {epsilon: 0.1}}", "{use: moody}"));
    Result result =
        hone.run(
            "run",
            file.toString(),
            "--plugins",
            jar.getParent().toString(),
            "--batch",
            "10",
            "--threads",
            "1",
            "--out",
            "out");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("moody", "not today").contains("--resume");
    assertThat(SummaryFile.read(hone.file("out")).status()).isEqualTo("failed");
    assertThat(SummaryFile.read(hone.file("out")).steps().get(0).samples()).isEqualTo(50);
  }

  @Test
  void aThirdPartyPluginWorksWithoutTouchingHone() throws Exception {
    Path jar = hone.file("more").resolve("moody.jar");
    Files.createDirectories(jar.getParent());
    PluginJarBuilder.plugin("moody", "1.0").source("example.Moody", MOODY).build(jar);
    Path file =
        write(
            SCENARIO.replace(
                "{use: fgsm, with: {epsilon: 0.1}}", "{use: moody, with: {from: 9999}}"));
    Result result =
        hone.run("run", file.toString(), "--plugins", jar.getParent().toString(), "--out", "out");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(hone.runHere("list", "attacks", "--plugins", jar.getParent().toString()).out())
        .contains("moody 1.0");
  }

  @Test
  void aBrokenPluginIsNamed() throws Exception {
    Path jar = hone.file("plugins").resolve("nothing.jar");
    Files.createDirectories(jar.getParent());
    PluginJarBuilder.plugin("nothing", "1.0").build(jar);
    Result result =
        hone.run("run", write(SCENARIO).toString(), "--plugins", jar.getParent().toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("nothing.jar");
    assertThat(hone.file("runs")).doesNotExist();
  }

  @Test
  void anExpectationThatIsNotMetEndsWithOne() throws Exception {
    Path file = write(SCENARIO + "expect: [\"fgsm.success_rate > 2\"]\n");
    Result result = hone.run("run", file.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("NOT MET");
  }

  @Test
  void cudaThatCannotBeHadIsAnErrorAndAutoFallsBack() throws Exception {
    Path file =
        write(
            SCENARIO.replace(
                "{card: models/mnist-lenet5}",
                "{card: models/mnist-lenet5, backend: {use: onnxruntime, with: {device: cuda}}}"));
    Result cuda = hone.run("run", file.toString());
    Assumptions.assumeTrue(cuda.exitCode() != 0, "this machine has CUDA, so nothing falls back");
    assertThat(cuda.exitCode()).isEqualTo(2);
    assertThat(cuda.err()).containsIgnoringCase("cuda");

    Result auto = hone.run("run", file.toString(), "--set", "model.backend.with.device=auto");
    assertThat(auto.exitCode()).as(auto.err()).isZero();
    assertThat(auto.err()).contains("note:");
    assertThat(SummaryFile.read(hone.file("runs/bad")).provenance()).containsEntry("device", "cpu");
  }

  private Path write(String text) throws IOException {
    return hone.write("scenario.yaml", text);
  }

  private static final String MOODY =
      """
      package example;

      import io.hone.api.*;
      import io.hone.api.victim.*;
      import io.hone.api.data.Batch;
      import io.hone.api.run.Run;
      import io.hone.api.data.Tensor;
      import org.pf4j.Extension;

      /** Gives up at some sample. */
      @Named(id = "moody", summary = "Gives up at some sample.")
      @Extension
      public final class Moody implements Attack<Moody.Params> {
        public record Params(@Param(value = "The first sample it refuses.", def = "50") int from) {}

        @Override
        public Access access(Params parameters) {
          return Access.LABELS;
        }

        @Override
        public void attack(
            Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
          for (int row = 0; row < clean.size(); row++) {
            if (clean.sample(row) >= parameters.from()) {
              throw new IllegalStateException("not today");
            }
          }
        }
      }
      """;
}
