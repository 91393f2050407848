package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.Hone;
import io.hone.cli.HoneProcess.Result;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds {@code docs/attacks} to the attacks of the distribution. After a change to an attack's
 * annotations, {@link #REWRITE} writes the pages anew.
 */
class AttackPagesIT {
  private static final String REWRITE =
      "mvn -pl framework/cli -am verify -Dtest=none -Dit.test=AttackPagesIT"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dhone.docs.write";
  private static final Path PAGES = HoneProcess.checkout().resolve("docs/attacks");
  private static final Pattern SCENARIO = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final int SAMPLES = 20;

  @TempDir Path folder;

  @BeforeAll
  static void setUp() throws IOException {
    if (System.getProperty("hone.docs.write") != null) {
      write(expected());
    }
  }

  @Test
  void pagesSayWhatTheAttacksSay() throws IOException {
    Map<String, String> expected = expected();
    Map<String, String> committed = committed();
    String stale = "docs/attacks is stale; write it anew with: " + REWRITE;

    assertThat(committed.keySet()).as(stale).isEqualTo(expected.keySet());
    expected.forEach((file, text) -> assertThat(committed.get(file)).as(stale).isEqualTo(text));
  }

  private static Map<String, String> expected() {
    try (Hone hone = InstalledHone.builder().open()) {
      return new AttackPages(hone.components()).all();
    }
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    for (Path file : files()) {
      pages.put(file.getFileName().toString(), Files.readString(file));
    }
    return pages;
  }

  /** Returns the pages that are made of annotations. */
  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return files.filter(file -> !file.endsWith(AttackPages.DIFFERENCES)).sorted().toList();
    }
  }

  @Test
  void differencesAreLinkedAndSpeakOfAttacksThatExist() throws IOException {
    String differences = Files.readString(PAGES.resolve(AttackPages.DIFFERENCES));
    assertThat(expected().get(AttackPages.INDEX)).contains("(" + AttackPages.DIFFERENCES + ")");
    List<String> spokenOf =
        differences
            .lines()
            .filter(line -> line.startsWith("| `") && line.contains("` | "))
            .map(line -> line.substring(3, line.indexOf("` | ")))
            .distinct()
            .toList();
    assertThat(spokenOf).contains("fgsm", "cw-l2", "jsma").isSubsetOf(attacks());
  }

  private static void write(Map<String, String> pages) throws IOException {
    Files.createDirectories(PAGES);
    for (Path file : files()) {
      Files.delete(file);
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
    }
  }

  @Test
  void describePrintsThePage() throws Exception {
    Result result = HoneProcess.in(folder).run("describe", "--markdown", "fgsm");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("# fgsm\n").contains("| `epsilon` |", "hone: 1");
    assertThat(HoneProcess.in(folder).run("describe", "--markdown", "mnist").exitCode())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void exampleRuns(String id) throws Exception {
    Matcher scenario = SCENARIO.matcher(Files.readString(PAGES.resolve(id + ".md")));
    assertThat(scenario.find()).as("the page has a scenario").isTrue();
    Files.writeString(folder.resolve("example.yaml"), scenario.group(1));
    // What the page of stored examples tells to lay beside the scenario.
    NumpyFiles.images(folder.resolve("adv.npy"), SAMPLES, 28, 28);
    NumpyFiles.images(folder.resolve("clean.npy"), SAMPLES, 28, 28);

    // In this process, since there are many examples and each is over at once.
    Path results = folder.resolve("results");
    int exitCode =
        Main.commandLine()
            .execute(
                "run",
                folder.resolve("example.yaml").toString(),
                "--out=" + results,
                "--data-dir=" + folder.resolve("data"));

    assertThat(exitCode).isZero();
    Summary summary = SummaryFile.read(results);
    assertThat(summary.status()).isEqualTo("completed");
    assertThat(summary.steps()).extracting(StepSummary::samples).containsOnly((long) SAMPLES);
  }

  static List<String> attacks() {
    try {
      return files().stream()
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(AttackPages.INDEX))
          .map(name -> name.replace(".md", ""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
