package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.Hone;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.figure.FigureTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of improvers tells of all of them, and the scenario that compares them runs. */
class ImproversIT {
  @TempDir Path folder;

  @Test
  void thePageTellsOfEveryImproverAndItsParameters() throws IOException {
    String page = Files.readString(HoneProcess.checkout().resolve("docs/improvers/README.md"));
    try (Hone hone = InstalledHone.builder().open()) {
      List<ComponentDescriptor> improvers = hone.components().descriptors(ComponentKind.IMPROVER);
      assertThat(improvers).extracting(ComponentDescriptor::id).contains("greedy", "ranked");
      for (ComponentDescriptor improver : improvers) {
        String heading = "\n## " + improver.id() + "\n";
        assertThat(page).contains(heading, "| `" + improver.id() + "` |");
        String section = page.substring(page.indexOf(heading) + heading.length()).split("\n## ")[0];
        for (ParameterRow parameter : ParameterRow.of(improver.parameters())) {
          assertThat(section)
              .as("the section of %s", improver.id())
              .containsPattern("`" + String.join(".", parameter.path()) + "[`: ]");
        }
      }
    }
  }

  @Test
  void theScenarioThatComparesThemRuns() {
    Path results = folder.resolve("results");
    int exitCode =
        Main.commandLine()
            .execute(
                "run",
                HoneProcess.checkout().resolve("scenarios/improvers.yaml").toString(),
                "--out=" + results,
                "--limit=60",
                "--set=expect=[]");

    assertThat(exitCode).isZero();
    Summary summary = SummaryFile.read(results);
    assertThat(summary.steps())
        .filteredOn(step -> step.kind().equals("improve"))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            step -> {
              assertThat(step.metrics().get("success_rate")).isEqualTo(1.0);
              assertThat(step.metrics()).containsKey("restored_after");
            });
    assertThat(l0(summary, "ranked")).isLessThan(0.75 * l0(summary, "greedy"));
    assertThat(results.resolve("report.html")).content().contains("What improvers of fgsm");
  }

  private static double l0(Summary summary, String name) {
    StepSummary step =
        summary.steps().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return FigureTree.find(step.metrics(), "l0").orElseThrow();
  }
}
