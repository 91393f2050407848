package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Hone without Deeplearning4j: all but its own engine works, and trainings tell what is missing.
 */
class SlimDistributionIT {
  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void runsAndTrainsAndTellsWhatTheOtherEngineNeeds() throws Exception {
    Path launcher = slimDistribution().resolve("bin/hone");

    hone.write(
        "scenario.yaml",
        """
        hone: 1
        name: small
        dataset: {use: mnist, with: {split: test}, take: 20}
        model: {card: models/mnist-lenet5}
        steps: [{id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}]
        """);
    Result run = start(launcher, "run", "scenario.yaml");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(hone.file("runs/small/report.html")).isNotEmptyFile();

    hone.write(
        "training.yaml",
        """
        hone: 1
        name: small
        train: {use: classifier, with: {epochs: 1}}
        data: {dataset: {use: mnist, with: {split: test}, take: 20}}
        validation: {every: 4}
        out: small
        """);
    Result train = start(launcher, "train", "training.yaml");
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(hone.file("small/model.onnx")).isNotEmptyFile();

    Result other = start(launcher, "train", "training.yaml", "--set", "train.engine=dl4j");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("there is no engine 'dl4j'; installed are onnxruntime")
        .contains("part of hone-dl4j, which is not installed: copy lib/dl4j from a full");
  }

  private Result start(Path launcher, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(launcher.toString()), Arrays.stream(arguments)).toList();
    return hone.process().start(command).await();
  }

  /** Returns a distribution that has everything of the built one but the folder lib/dl4j. */
  private Path slimDistribution() throws IOException {
    Path full = HoneProcess.distribution();
    Path slim = hone.file("slim");
    Path bin = Files.createDirectories(slim.resolve("bin"));
    // A copy, because the launcher follows links to find the distribution that it belongs to.
    Files.copy(full.resolve("bin/hone"), bin.resolve("hone"));
    Files.createSymbolicLink(slim.resolve("plugins"), full.resolve("plugins"));
    Path lib = Files.createDirectories(slim.resolve("lib"));
    try (Stream<Path> jars = Files.list(full.resolve("lib"))) {
      for (Path jar : jars.filter(Files::isRegularFile).toList()) {
        Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
      }
    }
    return slim;
  }
}
