package io.hone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.ClassSummary;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.Received;
import io.hone.engine.results.StepStatistics;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.Summary.ExpectationResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void aFigureThatCannotBeTrustedIsMarkedAndExplained() {
    List<String> lines =
        printed(
            false,
            new ExpectationResult(
                "fgsm.success_rate < 0.05", 0.0, false, "untrusted", List.of("no-gradient")));

    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines).anyMatch(line -> line.matches("fgsm +100 +100 +0\\.0! +100\\.0! .*"));
    assertThat(lines).anyMatch(line -> line.matches("clean +100 +100 +- +100\\.0 ?.*"));
    assertThat(lines).contains("reasons: fgsm 100 no-gradient");
    String text = String.join(" ", lines).replaceAll(" +", " ");
    assertThat(text)
        .contains("! no-gradient (fgsm): every gradient was zero")
        .contains("UNTRUSTED: fgsm.success_rate < 0.05 (is 0.0, but see no-gradient above;")
        .contains("accept: [no-gradient]");
    // What was spent is counted, whatever the results are worth.
    assertThat(text).contains("1.5").doesNotContain("1.5!");
  }

  @Test
  void anAcceptedFlagIsShownAsAccepted() {
    List<String> lines =
        printed(
            true,
            new ExpectationResult(
                "fgsm.success_rate < 0.05", 0.0, true, "met", List.of("no-gradient")));

    assertThat(lines)
        .contains("met: fgsm.success_rate < 0.05 (is 0.0; no-gradient accepted)")
        .anyMatch(line -> line.startsWith("! no-gradient, accepted (fgsm): "));
  }

  @Test
  void aFigureThatIsMissingIsGuessed() {
    assertThat(
            printed(
                false,
                new ExpectationResult(
                    "fgsm.queries.gradiant < 2", null, false, "not-met", List.of())))
        .contains("NOT MET: fgsm.queries.gradiant < 2 (missing; did you mean 'queries.gradient'?)");
  }

  @Test
  void intervalsAndTheWorstClassFollowTheFigures() {
    List<ClassSummary> classes =
        List.of(classOf(0, "cat", 20, 13), classOf(1, "dog", 30, 27), classOf(2, null, 10, 7));
    StepSummary pgd =
        attack("pgd", 60)
            .with(
                StepStatistics.of(
                    Map.of(
                        "success_rate", new RateInterval(50, 41, 0.6923, 0.9023),
                        "accuracy", new RateInterval(60, 47, 0.6638, 0.8688)),
                    classes));

    List<String> lines = printed(List.of(pgd), List.of());

    assertThat(lines).anyMatch(line -> line.matches("step +.*success 95 % +accuracy 95 %.*"));
    assertThat(lines)
        .anyMatch(line -> line.matches("pgd +.*69\\.2 to 90\\.2 +66\\.4 to 86\\.9.*"))
        .anyMatch(line -> line.matches(".*worst class.*"))
        .anyMatch(line -> line.endsWith("cat: 65.0"))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void aSingleClassIsNotTheWorst() {
    StepSummary pgd =
        attack("pgd", 20).with(StepStatistics.of(Map.of(), List.of(classOf(9, null, 20, 3))));

    assertThat(printed(List.of(pgd), List.of())).noneMatch(line -> line.contains("worst class"));
  }

  private static ClassSummary classOf(int number, String name, long samples, long correct) {
    return new ClassSummary(
        number,
        name,
        samples,
        samples,
        Map.of("accuracy", correct / (double) samples),
        Map.of("accuracy", new RateInterval(samples, correct, 0, 1)));
  }

  private static List<String> printed(boolean accepted, ExpectationResult expectation) {
    StepSummary clean =
        new StepSummary(
            "clean",
            "clean",
            "",
            "clean",
            "",
            "",
            Map.of(),
            100,
            100,
            Map.of(),
            Map.of("accuracy", 1.0));
    StepSummary fgsm =
        new StepSummary(
            "fgsm",
            "fgsm",
            Received.of("clean"),
            "attack",
            "fgsm",
            "linf",
            "epsilon",
            Map.of(),
            100,
            100,
            Map.of(),
            Map.of("no-gradient", 100L),
            List.of(new Distrust("no-gradient", 100, "every gradient was zero", accepted)),
            Map.of("accuracy", 1.0, "success_rate", 0.0, "queries", Map.of("gradient", 1.5)));
    return printed(List.of(clean, fgsm), List.of(expectation));
  }

  private static List<String> printed(
      List<StepSummary> steps, List<ExpectationResult> expectations) {
    Summary summary =
        new Summary(
            1,
            "run",
            "completed",
            null,
            Map.of(),
            Map.of(),
            steps,
            expectations,
            List.of(),
            Map.of(),
            Map.of());
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new ResultTable(summary).print(new PrintStream(text, true, StandardCharsets.UTF_8));
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static StepSummary attack(String name, long samples) {
    return new StepSummary(
        name,
        name,
        "clean",
        "attack",
        "pgd",
        "linf",
        Map.of(),
        samples,
        samples,
        Map.of(),
        Map.of("accuracy", 0.5, "success_rate", 0.5));
  }
}
