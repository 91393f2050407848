package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CommandsIT {
  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void listNamesEveryComponent() throws Exception {
    Result result = hone.run("list");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("fgsm", "gaussian-noise", "stored", "atn")
        .contains("greedy", "autoencoder", "randomization")
        .contains("mnist", "cifar10", "numpy", "image-folder")
        .contains("onnxruntime", "dl4j")
        .contains("classifier", "redundancy-autoencoder", "denoising-autoencoder")
        .contains("adversarial-transformation-network")
        .contains("success-rate", "distance", "reduction-rate", "accuracy");
    assertThat(hone.runHere("list", "attacks").out()).contains("fgsm").doesNotContain("mnist");
    assertThat(hone.runHere("list", "nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void listTellsWhatAttacksAreComparedBy() throws Exception {
    List<String> lines = hone.runHere("list", "attacks").out().lines().toList();

    assertThat(lines.get(0)).matches("id +access +norms +goals +plugin +source");
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "fgsm +gradients +linf, l2, l1 +untargeted, targeted +hone-gradient-attacks \\S+ +Goodfellow.*2015.*"))
        .anyMatch(line -> line.matches("gaussian-noise +labels +.*"));
  }

  @Test
  void describeTellsParametersAndExample() throws Exception {
    Result result = hone.runHere("describe", "fgsm");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "epsilon",
            "Goodfellow",
            "norm",
            "linf",
            "Formula: x' =",
            "Cost per sample: 1 gradient");
    Result misspelt = hone.runHere("describe", "fgms");
    assertThat(misspelt.exitCode()).isEqualTo(2);
    assertThat(misspelt.err())
        .contains("there is no component 'fgms'; did you mean 'fgsm'? hone list names them all");
  }

  @Test
  void listTellsWhichKeysTrainersTake() throws Exception {
    List<String> lines = hone.runHere("list", "trainers").out().lines().toList();

    assertThat(lines.get(0)).matches("id +keys beside use +from +what it does");
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "adversarial-training +engine, device, shards, model, only, attack .*"))
        .anyMatch(line -> line.matches("redundancy-autoencoder +engine, device, shards +\\S+ +.*"));
  }

  @Test
  void listTellsWhatArchitecturesAreFor() throws Exception {
    List<String> lines = hone.runHere("list", "architectures").out().lines().toList();

    assertThat(lines.get(0)).matches("id +task +parameters +from +what it does +source");
    assertThat(lines)
        .anyMatch(line -> line.matches("resnet20 +classifier +filters, blocks +hone .*He.*"))
        .anyMatch(line -> line.matches("denoiser +image-to-image +- +hone .*"));
  }

  @Test
  void describeTellsTheKeysOfATrainer() throws Exception {
    assertThat(hone.runHere("describe", "adversarial-training").out())
        .containsPattern("beside use +meaning\n")
        .containsPattern("\n +shards +Parts that a batch is cut into")
        .containsPattern("\n +attack +An attack on the network in training");
    assertThat(hone.runHere("describe", "redundancy-autoencoder").out())
        .containsPattern("\n +shards +Parts that a batch is cut into")
        .doesNotContain("An attack on the network in training");
    assertThat(hone.runHere("describe", "fgsm").out()).doesNotContain("beside use");
  }

  @Test
  void schemaNamesComponentsAndParameters() throws Exception {
    Result result = hone.runHere("schema");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("\"fgsm\"").contains("\"epsilon\"").contains("\"threshold\"");
  }

  @Test
  void inspectTellsWhatAModelHolds() throws Exception {
    String model = HoneProcess.checkout().resolve("models/mnist-lenet5/model.onnx").toString();
    Result result = hone.runHere("model", "inspect", model);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("Conv", "differentiable", "logits");
  }

  @Test
  void helpAndVersionAnswer() throws Exception {
    assertThat(hone.runHere("--help").out()).contains("run", "train", "Exit codes");
    assertThat(hone.run("--version").out()).contains("hone 0.1.0");
    assertThat(hone.run("rum").exitCode()).isEqualTo(2);
  }
}
