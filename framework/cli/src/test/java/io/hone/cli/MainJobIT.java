package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import io.hone.host.figure.FigureTree;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job as a user runs it: the distribution, the committed models, real digits. */
class MainJobIT {
  private static final String QUICKSTART =
      HoneProcess.checkout().resolve("scenarios/quickstart.yaml").toString();

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void quickstartAttacksImprovesRecoversAndMeasures() throws Exception {
    Result first =
        HoneProcess.withoutOptionsIn(hone.folder())
            .run("run", QUICKSTART, "--prometheus", "meters.txt");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).doesNotContainIgnoringCase("warning").contains("quickstart");
    Path results = hone.file("runs/quickstart");
    Summary summary = SummaryFile.read(results);
    assertThat(summary.status()).isEqualTo("completed");
    assertThat(summary.steps().get(0).samples()).isEqualTo(1009);
    assertThat(figure(summary, "fgsm", "success_rate")).isGreaterThan(0.7);
    assertThat(figure(summary, "fgsm", "linf.max")).isLessThanOrEqualTo(0.3 + 1e-6);
    assertThat(figure(summary, "greedy", "success_rate")).isEqualTo(1);
    assertThat(figure(summary, "greedy", "reduction_rate.l0")).isGreaterThan(0.8);
    assertThat(figure(summary, "finish", "reduction_rate.l0")).isGreaterThan(0.8);
    assertThat(figure(summary, "finish", "cumulated.queries.forward"))
        .isLessThan(figure(summary, "greedy", "queries.forward"));
    assertThat(figure(summary, "learned", "kept_at_threshold.mean")).isGreaterThan(0.75);
    assertThat(figure(summary, "recover@fgsm", "recovery_rate")).isGreaterThan(0.5);
    assertThat(figure(summary, "recover@clean", "clean_accuracy")).isGreaterThan(0.9);
    assertThat(results.resolve("report.html")).isNotEmptyFile();
    assertThat(results.resolve("arrays/finish.npy")).isNotEmptyFile();
    assertThat(hone.file("meters.txt")).content().contains("hone_images_total");

    Result second = hone.run("run", QUICKSTART, "--limit", "20", "--pictures");
    assertThat(second.exitCode()).as(second.err()).isZero();
    BufferedImage clean = ImageIO.read(results.resolve("pictures/clean/7.png").toFile());
    assertThat(clean.getWidth()).isEqualTo(28);
    // The first nine of the test set: its stroke is white, its corner black.
    assertThat(clean.getRaster().getSample(0, 0, 0)).isZero();
    assertThat(clean.getRaster().getSamples(0, 0, 28, 28, 0, (int[]) null)).contains(254);
    assertThat(results.resolve("pictures/finish/7.png")).exists();
    assertThat(SummaryFile.read(results).steps().get(0).samples()).isEqualTo(20);
  }

  @Test
  void epsilonsOfAMatrixBecomeCurvesInTheReport() throws Exception {
    Path scenario = HoneProcess.checkout().resolve("scenarios/epsilon-curve.yaml");
    Result result = hone.run("run", scenario.toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    Path results = hone.file("runs/epsilon-curve");
    Summary summary = SummaryFile.read(results);
    for (String epsilon : List.of("16-255", "0.1", "0.2")) {
      String end = ".attack.with.epsilon=" + epsilon + "]";
      assertThat(figure(summary, "pgd[pgd" + end, "success_rate"))
          .as(epsilon)
          .isGreaterThan(figure(summary, "fgsm[fgsm" + end, "success_rate"));
    }
    assertThat(results.resolve("report.html"))
        .content()
        .contains("Success rate of attacks on clean over epsilon", "200 attempted at each point")
        .contains("Accuracy under attacks on clean over epsilon");
  }

  @Test
  void resultsAreEqualForAnyBatchAndAnyNumberOfThreads() throws Exception {
    List<String[]> divisions =
        List.of(
            new String[] {"64", "2"},
            new String[] {"1", "1"},
            new String[] {"7", "2"},
            new String[] {"64", "1"});
    for (String[] division : divisions) {
      Result result =
          hone.run(
              "run",
              QUICKSTART,
              "--limit",
              "70",
              "--set",
              "expect=[]",
              "--batch",
              division[0],
              "--threads",
              division[1],
              "--out",
              out(division));
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    for (String[] division : divisions.subList(1, divisions.size())) {
      Result diff =
          hone.runHere(
              "diff",
              hone.file(out(divisions.get(0))).toString(),
              hone.file(out(division)).toString());
      assertThat(diff.exitCode()).as(diff.out()).isZero();
    }
  }

  private static String out(String[] division) {
    return "batch" + division[0] + "-threads" + division[1];
  }

  @Test
  void aFullDiskFailsTheRunWithAClearError() throws Exception {
    Path disk = Files.createDirectories(hone.file("disk"));
    assumeTrue(
        shell("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
        "only a privileged user can mount a small disk to fill");
    try {
      Result result = hone.run("run", QUICKSTART, "--set", "save=all", "--out", "disk/out");

      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(result.err()).contains("error:", "cannot be written", "--resume");
    } finally {
      shell("umount", disk.toString());
    }
  }

  private static boolean shell(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  @Test
  void outputThatIsNotEmptyIsRefusedBeforeAnythingIsWritten() throws Exception {
    Files.createDirectories(hone.file("mine"));
    Files.writeString(hone.file("mine/thesis.txt"), "precious");
    Result refused = hone.run("run", QUICKSTART, "--out", "mine");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("mine").contains("not empty");
    Result overwriting =
        hone.runHere("run", QUICKSTART, "--out", hone.file("mine").toString(), "--overwrite");
    assertThat(overwriting.exitCode()).isEqualTo(2);
    assertThat(hone.file("mine")).isDirectoryContaining("glob:**thesis.txt");
    assertThat(hone.file("mine/thesis.txt")).hasContent("precious");

    Files.writeString(hone.file("file"), "");
    Result below = hone.runHere("run", QUICKSTART, "--out", hone.file("file/out").toString());
    assertThat(below.exitCode()).isEqualTo(2);
    assertThat(below.err()).contains("not a writable folder");
  }

  @Test
  void ownResultsComeBackAsStoredExamples() throws Exception {
    Result made =
        hone.run("run", QUICKSTART, "--limit", "60", "--out", "made", "--set", "expect=[]");
    assertThat(made.exitCode()).as(made.err()).isZero();
    Path scenario = hone.file("stored.yaml");
    Files.writeString(
        scenario,
        """
        hone: 1
        name: stored
        dataset: {use: mnist, with: {split: test, classes: [9]}, take: 60}
        model: {card: models/mnist-lenet5}
        goal: {targeted: 4}
        steps:
          - id: before
            attack: {use: stored, with: {examples: made/arrays/fgsm.npy, samples: made/arrays/samples.npy}}
          - {id: greedy, improve: {use: greedy}}
        """);
    Result result = hone.run("run", scenario.toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    Summary fresh = SummaryFile.read(hone.file("made"));
    Summary stored = SummaryFile.read(hone.file("runs/stored"));
    assertThat(figure(stored, "greedy", "l0.mean")).isEqualTo(figure(fresh, "greedy", "l0.mean"));
  }

  private static double figure(Summary summary, String step, String path) {
    StepSummary found =
        summary.steps().stream()
            .filter(entry -> entry.name().equals(step))
            .findFirst()
            .orElseThrow();
    return FigureTree.find(found.metrics(), path).orElseThrow();
  }
}
