package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.cli.HoneProcess.Result;
import io.hone.core.results.FigureTree;
import io.hone.core.results.ResultDiff;
import io.hone.core.results.StepSummary;
import io.hone.core.results.Summary;
import io.hone.core.results.SummaryFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job as a user runs it: the distribution, the committed models, real digits. */
class MainJobIT {
  private static final String QUICKSTART =
      HoneProcess.checkout().resolve("scenarios/quickstart.yaml").toString();

  @TempDir Path folder;

  private HoneProcess hone;

  @BeforeEach
  void setUp() {
    hone = HoneProcess.in(folder);
  }

  @Test
  void quickstartAttacksImprovesRecoversAndMeasures() throws Exception {
    Result first = hone.run("run", QUICKSTART, "--prometheus", "meters.txt");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).doesNotContainIgnoringCase("warning").contains("quickstart");
    Path results = folder.resolve("runs/quickstart");
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
    assertThat(folder.resolve("meters.txt")).content().contains("hone_images_total");

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
    Path results = folder.resolve("runs/epsilon-curve");
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
      Result diff = hone.run("diff", out(divisions.get(0)), out(division));
      assertThat(diff.exitCode()).as(diff.out()).isZero();
    }
  }

  private static String out(String[] division) {
    return "batch" + division[0] + "-threads" + division[1];
  }

  @Test
  void killedRunResumesToTheSameFiles() throws Exception {
    String[] common = {"run", QUICKSTART, "--limit", "300", "--batch", "16"};
    assertThat(hone.run(with(common, "--out", "whole")).exitCode()).isZero();

    HoneProcess.Running killed = hone.start(with(common, "--out", "killed"));
    Path journal = folder.resolve("killed/.hone-journal");
    while (killed.process().isAlive() && units(journal) < 5) {
      Thread.sleep(20);
    }
    killed.kill();
    assertThat(folder.resolve("killed/summary.json")).doesNotExist();

    Result resumed = hone.run(with(common, "--out", "killed", "--resume"));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(new ResultDiff(folder.resolve("whole"), folder.resolve("killed")).differences())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT, launcher", "INT, both", "TERM, launcher"})
  void aSignalEndsWith130AndKeepsFinishedBatches(String signal, String receiver) throws Exception {
    assumeTrue(
        signal.equals("TERM") || IgnoredSignals.canBeUndone(),
        "interrupts are ignored here, and neither env, perl nor python3 can undo it");
    String[] common = {"run", QUICKSTART, "--limit", "300", "--batch", "16", "--out", "out"};
    HoneProcess.Running process = hone.start(common);
    Path journal = folder.resolve("out/.hone-journal");
    while (process.process().isAlive() && units(journal) < 3) {
      Thread.sleep(20);
    }
    if (receiver.equals("both")) {
      process.signalBoth(signal);
    } else {
      process.signal(signal);
    }
    Result result = process.await();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
    assertThat(result.err()).contains("--resume");
    Summary summary = SummaryFile.read(folder.resolve("out"));
    assertThat(summary.status()).isEqualTo("cancelled");
    assertThat(summary.steps().get(0).samples()).isPositive();
    assertThat(hone.run(with(common, "--resume")).exitCode()).isZero();
  }

  @Test
  void aFullDiskFailsTheRunWithAClearError() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
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
    Files.createDirectories(folder.resolve("mine"));
    Files.writeString(folder.resolve("mine/thesis.txt"), "precious");
    Result refused = hone.run("run", QUICKSTART, "--out", "mine");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("mine").contains("not empty");
    Result overwriting = hone.run("run", QUICKSTART, "--out", "mine", "--overwrite");
    assertThat(overwriting.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("mine")).isDirectoryContaining("glob:**thesis.txt");
    assertThat(folder.resolve("mine/thesis.txt")).hasContent("precious");

    Files.writeString(folder.resolve("file"), "");
    Result below = hone.run("run", QUICKSTART, "--out", "file/out");
    assertThat(below.exitCode()).isEqualTo(2);
    assertThat(below.err()).contains("not a writable folder");
  }

  @Test
  void ownResultsComeBackAsStoredExamples() throws Exception {
    Result made =
        hone.run("run", QUICKSTART, "--limit", "60", "--out", "made", "--set", "expect=[]");
    assertThat(made.exitCode()).as(made.err()).isZero();
    Path scenario = folder.resolve("stored.yaml");
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
    Summary fresh = SummaryFile.read(folder.resolve("made"));
    Summary stored = SummaryFile.read(folder.resolve("runs/stored"));
    assertThat(figure(stored, "greedy", "l0.mean")).isEqualTo(figure(fresh, "greedy", "l0.mean"));
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  private static long units(Path journal) throws IOException {
    if (!Files.isDirectory(journal)) {
      return 0;
    }
    try (var files = Files.list(journal)) {
      return files.filter(file -> file.toString().endsWith(".unit")).count();
    }
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
