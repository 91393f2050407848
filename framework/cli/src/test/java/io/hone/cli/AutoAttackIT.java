package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.StageSummary;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.SummaryFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The evaluation that the docs describe: the distribution's own plugins in turn, on real digits.
 */
class AutoAttackIT {
  private static final Path SCENARIO = HoneProcess.checkout().resolve("scenarios/auto-attack.yaml");

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void tellsWhatEachStageBroke() throws Exception {
    Result result = hone.run("run", SCENARIO.toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    Path results = hone.file("runs/auto-attack");
    StepSummary standard = SummaryFile.read(results).steps().get(1);
    List<StageSummary> stages = standard.stages();
    assertThat(stages)
        .extracting(StageSummary::name)
        .containsExactly("apgd-ce", "apgd-t", "fab-t", "square");
    assertThat(stages.get(3).with()).containsEntry("queries", 5000);
    assertThat(stages.get(0).attempted()).isEqualTo(standard.attempted());
    assertThat(stages)
        .extracting(StageSummary::robustAccuracy)
        .isSortedAccordingTo((one, other) -> Double.compare(other, one))
        .last()
        .isEqualTo(standard.metrics().get("accuracy"));
    assertThat(results.resolve("report.html"))
        .content()
        .contains("Robust accuracy of standard, stage by stage");
  }

  @Test
  void givesTheSameInBatchesOfAnySize() throws Exception {
    for (String batch : List.of("1", "7")) {
      Result result =
          hone.run(
              "run",
              SCENARIO.toString(),
              "--limit",
              "3",
              "--batch",
              batch,
              "--set",
              "expect=[]",
              "--out",
              "batch-" + batch);
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    Result diff = hone.run("diff", "batch-1", "batch-7");
    assertThat(diff.exitCode()).as(diff.out()).isZero();
  }

  @Test
  void refusesAStageThatIsNotInstalled() throws Exception {
    Result result =
        hone.run(
            "validate",
            SCENARIO.toString(),
            "--set",
            "steps.quick.attack.with.attacks=[fgsm, {use: pgdd}]");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("there is no attack 'pgdd'; did you mean 'pgd'?");
  }
}
