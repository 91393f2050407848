package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import io.hone.host.figure.FigureTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks that are asked for examples on the 8-bit grid find them, and lose next to nothing. */
class EightBitGridIT {
  /** Attacks whose unrounded examples are so near to the boundary that rounding undoes many. */
  private static final Map<String, String> ATTACKS =
      Map.of(
          "deepfool", "{use: deepfool}",
          "fab", "{use: fab, with: {norm: l2, steps: 20, targets: 3}}",
          "cw-l2", "{use: cw-l2, with: {search-steps: 3, iterations: 100, initial-weight: 1}}",
          "l-bfgs", "{use: l-bfgs, with: {search-steps: 3}}",
          "pgd", "{use: pgd, with: {epsilon: 0.2, steps: 20}}");

  @TempDir Path folder;

  @Test
  void examplesSurviveRounding() throws Exception {
    StringBuilder yaml =
        new StringBuilder(
            """
            hone: 1
            name: grid
            seed: 1
            dataset: {use: mnist, with: {split: test}, take: 20}
            model: {card: %s}
            run: {batch: 10, threads: 2}
            metrics: [success-rate, distance]
            save: none
            steps:
            """
                .formatted(HoneProcess.checkout().resolve("models/mnist-lenet5")));
    ATTACKS.forEach(
        (id, attack) -> {
          yaml.append("  - {id: %s, attack: %s}%n".formatted(id, attack));
          yaml.append("  - {id: %s-grid, attack: %s, grid: 8bit}%n".formatted(id, attack));
        });
    Files.writeString(folder.resolve("grid.yaml"), yaml);
    Path results = folder.resolve("results");

    int exitCode =
        Main.commandLine()
            .execute("run", folder.resolve("grid.yaml").toString(), "--out=" + results);

    assertThat(exitCode).isZero();
    Summary summary = SummaryFile.read(results);
    Map<String, StepSummary> steps =
        summary.steps().stream().collect(Collectors.toMap(StepSummary::name, Function.identity()));
    for (String id : ATTACKS.keySet()) {
      double found = figure(steps.get(id), "success_rate");
      double onGrid = figure(steps.get(id + "-grid"), "success_rate");
      assertThat(figure(steps.get(id + "-grid"), "success_rate_8bit"))
          .as(id + ": what is emitted is on the grid")
          .isEqualTo(onGrid);
      assertThat(onGrid).as(id).isGreaterThanOrEqualTo(found - 0.051);
    }
    assertThat(figure(steps.get("cw-l2"), "success_rate_8bit"))
        .as("rounded afterwards, many examples of the same attack are lost")
        .isLessThan(0.8);
  }

  private static double figure(StepSummary step, String path) {
    return FigureTree.find(step.metrics(), path).orElseThrow();
  }
}
