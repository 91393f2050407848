package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.SummaryFile;
import io.hone.host.figure.FigureTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator swaps the backend by changing one line of YAML. */
class BackendsIT {
  private static final String ONNX_RUNTIME = "model: {card: models/mnist-lenet5}";
  private static final String DEEPLEARNING4J =
      "model: {card: models/mnist-lenet5-samediff, backend: {use: dl4j}}";

  private static final String SCENARIO =
      """
      hone: 1
      name: swap
      dataset: {use: mnist, with: {split: test, classes: [9]}, take: 50}
      %s
      goal: {targeted: 4}
      steps:
        - {id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}
        - {id: greedy, improve: {use: greedy, with: {step: 60}}}
      """;

  @TempDir Path folder;

  @Test
  void oneLineSwapsTheBackend() throws Exception {
    for (String line : new String[] {ONNX_RUNTIME, DEEPLEARNING4J}) {
      Path file = Files.writeString(folder.resolve("scenario.yaml"), SCENARIO.formatted(line));
      String out = line.equals(ONNX_RUNTIME) ? "onnx" : "dl4j";
      Result result = HoneProcess.in(folder).run("run", file.toString(), "--out", out);

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("WARN");
    }
    // The runtimes round differently in the last bit, which a sign can amplify.
    assertThat(figure("dl4j", "fgsm", "success_rate"))
        .isCloseTo(figure("onnx", "fgsm", "success_rate"), within(0.05));
    assertThat(figure("dl4j", "greedy", "l0.mean"))
        .isCloseTo(figure("onnx", "greedy", "l0.mean"), within(10.0));
  }

  private double figure(String run, String step, String path) {
    StepSummary found =
        SummaryFile.read(folder.resolve(run)).steps().stream()
            .filter(entry -> entry.name().equals(step))
            .findFirst()
            .orElseThrow();
    return FigureTree.find(found.metrics(), path).orElseThrow();
  }
}
