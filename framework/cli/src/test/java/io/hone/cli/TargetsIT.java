package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Aims an attack at several classes, as a user does. */
class TargetsIT {
  private static final String SCENARIO =
      """
      hone: 1
      name: targets
      dataset: {use: mnist, with: {split: test}, select: {per-class: 1}}
      model: {card: models/mnist-lenet5}
      goal: {targeted: 3}
      steps:
        - {id: pgd, attack: {use: pgd, with: {epsilon: 0.4, steps: 20}}}
      matrix:
        goal.targeted: [3, 5, 8]
      expect:
        - pgd[targeted=best].success_rate >= 0.9
        - pgd[targeted=average].linf.max <= 0.401
        - pgd[targeted=worst].success_rate > 1
      """;

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void tellsTheCasesAndDrawsEachPair() throws Exception {
    Result result = hone.run("run", hone.write("run.yaml", SCENARIO).toString());

    assertThat(result.exitCode()).as("a missed expectation\n" + result.err()).isEqualTo(1);
    assertThat(result.out())
        .contains("pgd[targeted=best] ", "pgd[targeted=average] ", "pgd[targeted=worst] ")
        .contains("met: pgd[targeted=best].success_rate >= 0.9")
        .contains("NOT MET: pgd[targeted=worst].success_rate > 1");
    assertThat(hone.file("runs/targets/report.html"))
        .content()
        .contains("<h2>Targets</h2>", "Easiest target", "class \\ target");
    assertThat(hone.file("runs/targets/targets/pgd.png")).isNotEmptyFile();
  }

  @Test
  void placesAnExpectationOfACaseThatIsNotThere() throws Exception {
    String scenario = SCENARIO.replace("pgd[targeted=best].", "pgd[targeted=easiest].");
    Result result = hone.runHere("run", hone.write("run.yaml", scenario).toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("run.yaml:11:5", "there is no result 'pgd[targeted=easiest]'")
        .contains("known: clean, pgd[targeted=3]");
  }
}
