package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.Gallery;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at reports in a real browser; skipped where none is installed. */
class HtmlReportBrowserTest {
  private static final String LIGHT = "light";

  @TempDir static Path profile;
  private static Chromium browser;

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void start() {
    browser = Chromium.start(profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void forgetEarlierPages() {
    file = folder.resolve("report.html");
    browser.console();
    browser.requests();
  }

  @Test
  void opensOfflineWithoutAComplaint() throws IOException {
    new HtmlReport().write(SampleRun.chain(), SampleRun.gallery(SampleRun.COLOUR), file);

    browser.open(file, 1280, LIGHT);

    assertThat(browser.ask("return document.title"))
        .asString()
        .contains("mnist-fgsm-improve-recover");
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .contains(file.toUri().toString())
        .allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
  }

  @Test
  void everyPictureIsDrawn() throws IOException {
    new HtmlReport().write(SampleRun.chain(), SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 1280, LIGHT);

    List<String> widths =
        browser.texts(
            "return [...document.images].map(image => image.complete && image.naturalWidth)");
    assertThat(widths).hasSizeGreaterThan(200).containsOnly("28");
    assertThat(browser.texts("return [...document.images].map(image => image.alt)"))
        .noneMatch(String::isBlank);
    assertThat(browser.ask("return getComputedStyle(document.images[0]).imageRendering"))
        .isEqualTo("pixelated");
    assertThat(
            browser.texts(
                "return [...document.querySelectorAll('svg.missing, .bar')]"
                    + ".map(bar => bar.getBoundingClientRect().width > 0)"))
        .isNotEmpty()
        .containsOnly("true");
  }

  @Test
  void showsTheFiguresOfTheSummary() throws IOException {
    Summary summary = SampleRun.matrix();
    new HtmlReport().write(summary, SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 1280, LIGHT);

    for (Entry entry : Entries.of(summary.steps())) {
      List<Figure> figures =
          entry.summary().metrics().entrySet().stream()
              .flatMap(metric -> Figure.all(metric.getKey(), metric.getValue()).stream())
              .toList();
      String shown =
          "return [...document.querySelectorAll('#" + entry.anchor() + " table.figures data')]";
      assertThat(browser.texts(shown + ".map(data => data.value)"))
          .as(entry.name())
          .containsExactlyInAnyOrderElementsOf(figures.stream().map(Figure::exact).toList());
      assertThat(browser.texts(shown + ".map(data => data.textContent)"))
          .containsExactlyInAnyOrderElementsOf(figures.stream().map(Figure::text).toList());
    }
  }

  @Test
  void overviewAndExpectationsAgreeWithTheSummary() throws IOException {
    new HtmlReport().write(SampleRun.chain(), SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 1280, LIGHT);

    assertThat(row("table.overview tbody tr:nth-child(3)"))
        .containsExactly(
            "972",
            "972",
            "100.0\u00a0%",
            "0.0\u00a0%",
            "",
            "106.5",
            "3.49",
            "0.300",
            "86.2\u00a0%",
            "62.8\u00a0%",
            "198.3",
            "0",
            "1.93");
    assertThat(row("table.expectations tbody tr:nth-child(2)"))
        .containsExactly("97.9\u00a0%", "not met");
    assertThat(row("table.expectations tbody tr:nth-child(3)"))
        .containsExactly("missing", "not met");
  }

  @Test
  void namesOfOthersAreTextAndNothingElse() throws IOException {
    String nasty =
        "</td></style><script>hacked=1</script><img class=evil src=x onerror='hacked=1'>\"'&";
    List<StepSummary> steps = new ArrayList<>(SampleRun.chainSteps());
    steps.add(
        new StepSummary(
            nasty,
            nasty,
            "fgsm",
            nasty,
            nasty,
            nasty,
            Map.of(nasty, nasty),
            10,
            9,
            Map.of(nasty, 1L),
            Map.of("accuracy", 0.5, nasty, 3.5)));
    float[] pixels = new float[SampleRun.DIGIT.features()];
    Map<String, Gallery.Picture> pictures =
        Map.of(
            "clean",
            new Gallery.Picture(pixels, 0, false),
            nasty,
            new Gallery.Picture(pixels, 1, true));
    Gallery gallery =
        new Gallery(
            SampleRun.DIGIT, List.of(nasty, nasty), List.of(new Gallery.Row(3, 0, 1, pictures)));
    new HtmlReport().write(SampleRun.summary(nasty, "failed", nasty, steps), gallery, file);

    browser.open(file, 1280, LIGHT);

    assertThat(browser.ask("return String(window.hacked)")).isEqualTo("undefined");
    assertThat(browser.ask("return document.scripts.length")).isEqualTo(0L);
    assertThat(browser.ask("return document.querySelectorAll('.evil').length")).isEqualTo(0L);
    assertThat(browser.ask("return document.querySelector('h1').textContent"))
        .asString()
        .startsWith(nasty);
    assertThat(
            browser.texts(
                "return [...document.querySelectorAll('h3 .name')].map(h => h.textContent)"))
        .contains(nasty);
    assertThat(browser.console()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 420, 768, 1280})
  void fitsTheWindow(int width) throws IOException {
    new HtmlReport().write(SampleRun.matrix(), SampleRun.gallery(SampleRun.COLOUR), file);

    browser.open(file, width, LIGHT);

    assertThat(
            browser.ask(
                "return document.documentElement.scrollWidth -"
                    + " document.documentElement.clientWidth"))
        .isEqualTo(0L);
  }

  @Test
  void classesAreDrawnWithTheirIntervals() throws IOException {
    new HtmlReport().write(SampleRun.classes(), SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 360, LIGHT);

    String table = "const table = document.querySelectorAll('table.classes')[1]; return ";
    assertThat(
            browser.texts(
                table + "[...table.querySelectorAll('tr.worst th')].map(h => h.textContent)"))
        .singleElement()
        .asString()
        .matches("(?s)9\\s+worst\\s*");
    assertThat(
            browser.texts(
                table
                    + "[...table.querySelectorAll('tr.worst data, tr.worst .interval')]"
                    + ".map(d => d.textContent)"))
        .containsExactly(
            "9.0\u00a0%", "3.0\u201315.0\u00a0%", "9.0\u00a0%", "3.0\u201315.0\u00a0%");
    assertThat(
            browser.texts(
                table
                    + "[...table.querySelectorAll('svg')].map(svg => { const whisker ="
                    + " svg.querySelector('.whisker').getBoundingClientRect(), bar ="
                    + " svg.querySelector('.bar').getBoundingClientRect(); return"
                    + " whisker.left < bar.right && bar.right < whisker.right; })"))
        .hasSize(20)
        .containsOnly("true");
    assertThat(
            browser.ask(
                "return document.documentElement.scrollWidth -"
                    + " document.documentElement.clientWidth"))
        .isEqualTo(0L);
  }

  @Test
  void badgesStayWholeOnANarrowScreen() throws IOException {
    new HtmlReport().write(SampleRun.matrix(), SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 400, LIGHT);

    // In one piece, within the cell or heading around it, and in the overview above the name.
    List<String> broken =
        browser.texts(
            """
            return [...document.querySelectorAll('.kind, .status')]
              .filter(badge => badge.getClientRects().length > 0)
              .filter(badge => {
                const box = badge.getBoundingClientRect();
                const around = badge.closest('td, th, h1, h3, p, dt').getBoundingClientRect();
                const name = badge.closest('.overview') && badge.parentNode.querySelector('.name');
                return badge.getClientRects().length > 1 || box.height > 28
                  || box.left < around.left - 1 || box.right > around.right + 1
                  || name && name.getBoundingClientRect().top < box.bottom - 1;
              })
              .map(badge => badge.className + ' ' + badge.textContent);
            """);
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {LIGHT, "dark"})
  void textStandsOutFromItsBackground(String scheme) throws IOException {
    new HtmlReport().write(SampleRun.classes(), SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 1280, scheme);

    assertThat(browser.faintTexts()).isEmpty();
    String page = (String) browser.ask("return getComputedStyle(document.body).backgroundColor");
    assertThat(page).isEqualTo(scheme.equals(LIGHT) ? "rgb(255, 255, 255)" : "rgb(20, 23, 27)");
  }

  @Test
  void curvesOfAttacksAreDrawnWithEpsilonsAsWritten() throws IOException {
    new HtmlReport().write(SampleRun.epsilonCurves(), SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 1280, LIGHT);

    String chart = "const chart = document.querySelector('.chart[data-axis]'); return ";
    assertThat(browser.ask(chart + "chart.querySelector('figcaption').textContent"))
        .asString()
        .contains("Success rate of attacks on clean", "197 attempted");
    List<String> labels =
        browser.texts(
            chart + "[...chart.querySelectorAll('.value-of-axis')].map(t => t.textContent)");
    assertThat(labels).containsExactly("4/255", "8px", "16px", "0.125", "64/255");
    assertThat(
            browser.texts(
                chart
                    + "[...chart.querySelectorAll('.value-of-axis')].slice(1).map((t, i) =>"
                    + " t.getBoundingClientRect().left > t.parentNode.querySelectorAll("
                    + "'.value-of-axis')[i].getBoundingClientRect().right)"))
        .as("labels are apart")
        .containsOnly("true");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void headingsDescendOneLevelAtATime() throws IOException {
    new HtmlReport().write(SampleRun.classes(), SampleRun.gallery(SampleRun.DIGIT), file);

    browser.open(file, 1280, LIGHT);

    List<Integer> levels =
        browser
            .texts("return [...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName[1])")
            .stream()
            .map(Integer::valueOf)
            .toList();
    assertThat(levels.get(0)).isEqualTo(1);
    assertThat(Stream.iterate(1, at -> at < levels.size(), at -> at + 1))
        .allMatch(at -> levels.get(at) - levels.get(at - 1) <= 1);
    assertThat(browser.ask("return document.querySelectorAll('th:not([scope])').length"))
        .isEqualTo(0L);
  }

  private static List<String> row(String selector) {
    return browser.texts(
        "return [...document.querySelectorAll('"
            + selector
            + " td')].map(td => td.innerText.trim())");
  }
}
