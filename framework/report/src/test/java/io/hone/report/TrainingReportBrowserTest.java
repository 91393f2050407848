package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at pages of trainings in a real browser; skipped where none is installed. */
class TrainingReportBrowserTest {
  private static final String LIGHT = "light";
  private static final int WIDE = 1280;

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
    file = folder.resolve("training.html");
    browser.console();
    browser.requests();
  }

  @Test
  void opensOfflineWithoutAComplaint() throws IOException {
    show(8, WIDE, LIGHT);

    assertThat(browser.ask("return document.title")).isEqualTo("hardened – Hone training");
    assertThat(browser.ask("return document.scripts.length")).isEqualTo(0L);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .contains(file.toUri().toString())
        .allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
  }

  /** A curve is drawn in a picture of its own, stretched to the place of the markers. */
  @ParameterizedTest
  @ValueSource(ints = {360, WIDE})
  void curvesGoThroughTheirMarkers(int width) throws IOException {
    show(8, width, LIGHT);

    List<String> apart =
        browser.texts(
            """
            return [...document.querySelectorAll('.chart')].flatMap(chart =>
              [...chart.querySelectorAll('polyline')].map((line, index) => {
                const style = [...line.classList].find(name => name.startsWith('series-'));
                const markers = [...chart.querySelectorAll(':scope > svg > svg > .' + style)]
                  .filter(marker => marker.classList.contains('marker'))
                  .map(marker => marker.getBoundingClientRect());
                const box = line.getBoundingClientRect();
                const first = markers[0], last = markers[markers.length - 1];
                return Math.max(
                  Math.abs(first.left + first.width / 2 - box.left),
                  Math.abs(last.left + last.width / 2 - box.right));
              }));
            """);
    assertThat(apart).hasSize(6).allMatch(pixels -> Double.parseDouble(pixels) < 2.5);
    assertThat(browser.texts("return [...document.querySelectorAll('.chart > svg > .best')]"))
        .as("the best epoch is marked in both charts")
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 360", "8, 360", "200, 360", "200, 768", "200, 1280"})
  void fitsTheWindowWithLabelsApart(int epochs, int width) throws IOException {
    show(epochs, width, LIGHT);

    assertThat(browser.overflow()).isZero();
    List<String> overlapping =
        browser.texts(
            """
            return [...document.querySelectorAll('.chart')].flatMap(chart => {
              const across = [...chart.querySelectorAll('.value-of-axis')]
                .map(label => label.getBoundingClientRect());
              const up = [...chart.querySelectorAll('.value-of-grid')]
                .map(label => label.getBoundingClientRect());
              const left = chart.querySelector('polyline').parentNode.getBoundingClientRect().left;
              return across.slice(1).filter((box, i) => box.left < across[i].right)
                .concat(up.slice(1).filter((box, i) => box.bottom > up[i].top))
                .concat(up.filter(box => box.right > left));
            });
            """);
    assertThat(overlapping).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {LIGHT, "dark"})
  void textStandsOutFromItsBackground(String scheme) throws IOException {
    show(8, WIDE, scheme);

    assertThat(browser.faintTexts()).isEmpty();
  }

  @Test
  void theTableShowsEveryEpoch() throws IOException {
    show(8, WIDE, LIGHT);

    List<String> shown =
        browser.texts(
            "return [...document.querySelectorAll('table.epochs data')].map(data => data.value)");
    List<String> given =
        SampleTraining.epochs(8).stream()
            .flatMap(epoch -> epoch.values().stream().map(String::valueOf))
            .toList();
    assertThat(shown).isEqualTo(given);
    assertThat(
            browser.texts(
                "return [...document.querySelectorAll('tr.best th')].map(th => th.innerText)"))
        .containsExactly("6 best");
    assertThat(browser.ask("return document.querySelectorAll('th:not([scope])').length"))
        .isEqualTo(0L);
  }

  @Test
  void aLongTableIsFolded() throws IOException {
    show(31, WIDE, LIGHT);

    assertThat(browser.ask("return document.querySelector('details').open")).isEqualTo(false);
    show(30, WIDE, LIGHT);
    assertThat(browser.ask("return document.querySelector('details').open")).isEqualTo(true);
  }

  @Test
  void namesOfOthersAreTextAndNothingElse() throws IOException {
    String nasty =
        "</td></style><script>hacked=1</script><img class=evil src=x onerror='hacked=1'>\"'&";
    List<Map<String, Double>> epochs = SampleTraining.epochs(3);
    epochs.forEach(epoch -> epoch.put("training_" + nasty, 0.5));
    new TrainingReport()
        .write(SampleTraining.card(nasty, Map.of("component", nasty, nasty, nasty)), epochs, file);

    browser.open(file, WIDE, LIGHT);

    assertThat(browser.ask("return String(window.hacked)")).isEqualTo("undefined");
    assertThat(browser.ask("return document.querySelectorAll('.evil').length")).isEqualTo(0L);
    assertThat(browser.ask("return document.querySelector('h1').textContent"))
        .asString()
        .startsWith(nasty);
    assertThat(browser.console()).isEmpty();
  }

  private void show(int epochs, int width, String scheme) throws IOException {
    new TrainingReport()
        .write(
            SampleTraining.card("hardened", epochs + 2, Math.min(6, epochs)),
            SampleTraining.epochs(epochs),
            file);
    browser.open(file, width, scheme);
  }
}
