package io.hone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.CheckResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTableTest {
  private static final CheckResult PASSED =
      new CheckResult("determinism", "clean", "pass", 0.0, "", "", "All the same.", "", "");
  private static final CheckResult WARNED =
      new CheckResult(
          "convergence",
          "pgd",
          "warn",
          0.02,
          "",
          "",
          "The attack breaks 1 more with steps: 400.",
          "Raise steps until nothing is gained, or take an attack that adapts its step size.",
          "not-converged");
  private static final CheckResult FAILED =
      new CheckResult(
          "convergence", "bim", "fail", 0.3, "", "", "9 more.", "Raise steps.", "not-converged");
  private static final CheckResult LEFT_OUT =
      new CheckResult("transfer", "pgd", "not-applicable", null, "", "", "No twin.", "", "");

  @Test
  void countsStatesAndTellsWhatToDo() {
    List<String> lines = printed(List.of(PASSED, WARNED, FAILED, LEFT_OUT));

    assertThat(lines)
        .anyMatch(line -> line.matches("determinism +1 +- +- +- +0"))
        .anyMatch(line -> line.matches("convergence +- +1 +1 +- +0\\.3000"))
        .anyMatch(line -> line.matches("transfer +- +- +- +1 +-"))
        .contains("FAILED: convergence (bim): see not-converged above")
        .anyMatch(line -> line.startsWith("warning: convergence (pgd): The attack breaks 1 more"))
        .noneMatch(line -> line.contains("All the same") || line.contains("No twin"))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void printsNothingWhereNothingWasChecked() {
    assertThat(printed(List.of())).isEmpty();
  }

  private static List<String> printed(List<CheckResult> results) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new CheckTable(results).print(new PrintStream(text, true, StandardCharsets.UTF_8));
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
