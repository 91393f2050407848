package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.engine.results.CheckResult;
import io.hone.engine.results.Gallery;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.Summary.ExpectationResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final Gallery NO_PICTURES = new Gallery(SampleRun.DIGIT, List.of(), List.of());

  private final HtmlReport report = new HtmlReport();

  @Test
  void writesOneFileWithEveryEntry(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");

    report.write(SampleRun.chain(), SampleRun.gallery(SampleRun.DIGIT), file);

    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    String page = Files.readString(file);
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<title>mnist-fgsm-improve-recover")
        .contains("mnist-lenet5, 98.5\u00a0% on clean", "mnist (split test, classes [9])")
        .contains("targeted 4", "21 November 2026, 11:52 UTC", "15 misclassified");
    for (StepSummary step : SampleRun.chainSteps()) {
      assertThat(page).contains("<h3><span class=\"name\">" + step.name() + "</span>");
    }
  }

  @Test
  void staysSmall() {
    int digits = size(report.render(SampleRun.chain(), SampleRun.gallery(SampleRun.DIGIT)));
    int colour = size(report.render(SampleRun.chain(), SampleRun.gallery(SampleRun.COLOUR)));

    assertThat(digits).isLessThan(400_000);
    assertThat(colour).isLessThan(1 << 20);
  }

  @Test
  void givesTheSameBytesAgain() {
    Gallery gallery = SampleRun.gallery(SampleRun.COLOUR);

    assertThat(report.render(SampleRun.chain(), gallery))
        .isEqualTo(new HtmlReport().render(SampleRun.chain(), gallery));
  }

  @Test
  void pointsToNothingOutside() {
    String page = report.render(SampleRun.chain(), SampleRun.gallery(SampleRun.DIGIT));

    assertThat(attributes(page, "src"))
        .isNotEmpty()
        .allMatch(at -> at.startsWith("data:image/png"));
    assertThat(attributes(page, "href")).allMatch(at -> at.startsWith("#") || at.equals("data:,"));
    assertThat(page).doesNotContain("<script", "@import", "url(", "http://", "https://");
  }

  @Test
  void linksLeadToTheirSections() {
    String page = report.render(SampleRun.chain(), NO_PICTURES);

    List<String> sections = attributes(page, "id").stream().map(id -> "#" + id).toList();

    assertThat(sections).hasSize(8).doesNotHaveDuplicates();
    assertThat(attributes(page, "href")).containsAll(sections);
    assertThat(attributes(page, "href").stream().filter(link -> link.startsWith("#")))
        .allMatch(sections::contains);
  }

  @Test
  void noTwoLandmarksHaveOneName() {
    String page = report.render(SampleRun.matrix(), SampleRun.gallery(SampleRun.DIGIT));

    List<String> landmarks =
        Pattern.compile("role=\"region\" aria-label=\"([^\"]*)\"")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(landmarks).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }

  @Test
  void namesEveryModelUnderTestWithItsAccuracy() {
    Summary summary =
        SampleRun.summary(
            "models",
            "completed",
            null,
            List.of(
                SampleRun.step("clean[card=a]", null, "clean", "", 9, 9, Map.of("accuracy", 0.75)),
                SampleRun.step("clean[card=b]", null, "clean", "", 9, 9, Map.of("accuracy", 0.5))));
    summary
        .model()
        .put(
            "variants",
            Map.of(
                "clean[card=a]", Map.of("name", "first"),
                "clean[card=b]", Map.of("name", "second")));

    assertThat(report.render(summary, NO_PICTURES))
        .contains("first, 75.0\u00a0% on clean", "second, 50.0\u00a0% on clean");
  }

  @Test
  void marksAndExplainsWhatCannotBeTrusted() {
    List<StepSummary> steps = new ArrayList<>(SampleRun.chainSteps());
    StepSummary attack = steps.get(1);
    steps.set(0, SampleRun.distrusted(steps.get(0)));
    steps.set(1, SampleRun.distrusted(attack));
    Summary run = SampleRun.summary("doubtful", "completed", null, steps);
    Summary summary =
        new Summary(
            run.hone(),
            run.name(),
            run.status(),
            run.error(),
            run.scenario(),
            run.model(),
            run.steps(),
            List.of(
                new ExpectationResult(
                    attack.name() + ".success_rate < 2", 0.5, false, "untrusted", List.of("nan"))),
            run.notices(),
            run.provenance(),
            run.meters());

    String page = report.render(summary, NO_PICTURES);

    assertThat(page)
        .contains("<h2>What cannot be trusted</h2>", "the model answered with NaN &amp; more")
        .contains("Reasons: 12 nan.")
        .containsPattern("98\\.5\u00a0% on clean <a class=\"doubt\"")
        .contains("<span class=\"status doubtful\">untrusted</span>");
    String mark = "aria-label=\"cannot be trusted: nan\"";
    assertThat(count(page, mark)).isGreaterThan(3);
    assertThat(count(page, "<section id=\"trust\">")).isOne();
    assertThat(page)
        .as("bars and curves carry the mark too")
        .containsPattern("aria-label=\"Accuracy: [^\"]*fgsm [0-9.]+.% \\(cannot be trusted\\)")
        .contains("<tspan class=\"mark\">!</tspan>");
    assertThat(report.render(SampleRun.chain(), NO_PICTURES))
        .doesNotContain("cannot be trusted", "id=\"trust\"");
  }

  @Test
  void showsSelfChecksWithTheFailuresFirst() {
    Summary run = SampleRun.chain();
    String attack = SampleRun.chainSteps().get(1).name();
    CheckResult passed =
        new CheckResult("determinism", "clean", "pass", 0.0, "distance", "0.0001", "Same.", "", "");
    CheckResult failed =
        new CheckResult(
            "black-box", attack, "fail", 0.25, "share", "0.002", "12 of 48 <more>.", "Look.", "x");
    CheckResult leftOut =
        new CheckResult(
            "transfer", attack, "not-applicable", null, "share", "0.01", "No twin.", "", "x");
    Summary checked = SampleRun.with(run, List.of(passed, leftOut, failed), List.of());

    String page = report.render(checked, NO_PICTURES);

    assertThat(page)
        .contains("1 fail, 1 pass, 1 not-applicable")
        .contains("<span class=\"status bad\">fail</span>", "12 of 48 &lt;more&gt;.")
        .contains("<strong>What to do.</strong> Look.", "Passes up to: 0.002.")
        .contains("<data value=\"0.25\">");
    assertThat(page.indexOf("12 of 48")).isLessThan(page.indexOf("Same."));
    assertThat(page.indexOf("Same.")).isLessThan(page.indexOf("No twin."));
    assertThat(report.render(run, NO_PICTURES)).doesNotContain("Self-checks");
  }

  @Test
  void everyPictureIsAPngOfTheImagesSize() throws IOException {
    String page = report.render(SampleRun.chain(), SampleRun.gallery(SampleRun.COLOUR));
    List<String> pictures = attributes(page, "src");

    for (String picture : pictures) {
      byte[] png = Base64.getDecoder().decode(picture.substring(picture.indexOf(',') + 1));
      assertThat(ImageIO.read(new ByteArrayInputStream(png)))
          .satisfies(image -> assertThat(image.getWidth()).isEqualTo(32))
          .satisfies(image -> assertThat(image.getHeight()).isEqualTo(32));
    }
    assertThat(attributes(page, "alt")).hasSameSizeAs(pictures).allMatch(alt -> !alt.isBlank());
  }

  @Test
  void saysWhyARunFailed() {
    Summary failed =
        SampleRun.summary(
            "broken",
            "failed",
            "greedy wrote NaN at sample 17",
            SampleRun.chainSteps().subList(0, 2));

    String page = report.render(failed, NO_PICTURES);

    assertThat(page)
        .contains("This run failed.", "greedy wrote NaN at sample 17")
        .contains("None of the gallery's samples got here");
  }

  @Test
  void showsARunThatWasCancelledBeforeItsFirstBatch() {
    Summary nothing =
        new Summary(
            1,
            "empty",
            "cancelled",
            null,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of());

    assertThat(report.render(nothing, NO_PICTURES))
        .contains("This run was cancelled.")
        .doesNotContain("<h2>");
  }

  @Test
  void escapesWhateverOthersName() {
    String nasty =
        "</style></title><script>window.hacked=1</script><img src=x onerror='hacked=1'>\"'&";
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
            Map.of("accuracy", 0.5, nasty, 3.5, "x", Map.of("mean", 1.0, nasty, 2.0))));
    Summary summary = SampleRun.summary(nasty, "failed", nasty, steps);
    summary.scenario().put(nasty, List.of(Map.of(nasty, nasty)));
    Map<String, Gallery.Picture> pictures =
        Map.of(
            "clean",
            new Gallery.Picture(new float[784], 0, false),
            "fgsm",
            new Gallery.Picture(new float[784], 1, true),
            nasty,
            new Gallery.Picture(new float[784], 1, true));
    Gallery gallery =
        new Gallery(
            SampleRun.DIGIT, List.of(nasty, nasty), List.of(new Gallery.Row(3, 0, 1, pictures)));

    String page = report.render(summary, gallery);

    assertThat(page).doesNotContain("<script", "<img src=x");
    assertThat(count(page, "</title>")).isOne();
    assertThat(count(page, "</style>")).isOne();
    assertThat(attributes(page, "alt")).isNotEmpty().noneMatch(alt -> alt.contains("<script"));
    assertThat(page).contains("&lt;script&gt;window.hacked=1&lt;/script&gt;");
  }

  @Test
  void leavesNothingWhereItCannotWrite(@TempDir Path folder) {
    Path missing = folder.resolve("missing").resolve("report.html");

    assertThatThrownBy(() -> report.write(SampleRun.chain(), NO_PICTURES, missing))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder).isEmptyDirectory();
  }

  private static int size(String page) {
    return page.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long count(String page, String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(page).results().count();
  }

  private static List<String> attributes(String page, String name) {
    return Pattern.compile("[ ]" + name + "=\"([^\"]*)\"")
        .matcher(page)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
