package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.ExampleMatrix;
import io.hone.engine.results.Gallery;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.Received;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.TargetSummary;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report tells of attacks that a matrix aims at every class. */
class TargetSectionTest {
  private static final ImageShape SHAPE = new ImageShape(1, 4, 4);

  @TempDir Path folder;

  private static float[] grey(float level) {
    float[] pixels = new float[SHAPE.features()];
    Arrays.fill(pixels, level);
    return pixels;
  }

  private static StepSummary found(String name, double rate, Distrust... doubts) {
    return new StepSummary(
        name,
        "l2",
        Received.of("clean"),
        "attack",
        "cw-l2",
        "l2",
        "",
        Map.of("targeted", name),
        2,
        2,
        Map.of(),
        Map.of(),
        List.of(doubts),
        Map.of("success_rate", rate, "l2", Map.of("mean", 1.2345)),
        Map.of("success_rate", new RateInterval(2, 1, 0.1, 0.9)),
        List.of(),
        null,
        List.of());
  }

  private static Summary summary() {
    TargetSummary targets =
        new TargetSummary(
            "l2",
            "l2",
            List.of("l2[targeted=0]", "l2[targeted=1]"),
            found("best", 1),
            found("average", 0.75),
            found("worst", 0.5, new Distrust("no-gradient", 2, "every gradient was zero", false)));
    return SampleRun.with(SampleRun.chain(), List.of(), List.of(targets));
  }

  private static Gallery gallery() {
    ExampleMatrix matrix =
        new ExampleMatrix(
            "l2",
            "l2",
            List.of(0, 1, 2),
            List.of(
                new ExampleMatrix.Row(
                    0, 17, grey(1), Map.of(1, new ExampleMatrix.Example(17, grey(0.5f), 1.2345)))));
    return new Gallery(SHAPE, List.of("cat", "dog", "<b>"), List.of(), List.of(matrix));
  }

  @Test
  void tellsThreeCasesAndAnExampleOfEachPair() {
    TargetSection section = TargetSection.of(summary(), new Drawing(gallery())).get(0);

    assertThat(section.columns())
        .extracting(TargetSection.Column::label)
        .containsExactly("Success", "L2, mean");
    assertThat(section.cases())
        .extracting(one -> one.figure(section.columns().get(0)).orElseThrow().text())
        .containsExactly("100.0\u00a0%", "75.0\u00a0%", "50.0\u00a0%");
    assertThat(section.cases().get(2).doubts(section.columns().get(0))).hasSize(1);
    ExampleTable examples = section.examples().orElseThrow();
    assertThat(examples.targets()).containsExactly("cat", "dog", "<b>");
    List<Optional<Drawing.Picture>> cells = examples.lines().get(0).cells();
    assertThat(cells.get(0).orElseThrow().caption()).isEqualTo("clean");
    assertThat(cells.get(1).orElseThrow().caption()).isEqualTo("1.23");
    assertThat(cells.get(1).orElseThrow().alternative())
        .isEqualTo("Sample 17, class cat, taken for dog, L2 1.23");
    assertThat(cells.get(2)).as("not reached").isEmpty();
  }

  @Test
  void isOnThePage() {
    String page = new HtmlReport().render(summary(), gallery());

    assertThat(page)
        .contains("<h2>Targets</h2>", "Hardest target", "1.2345", "not reached", "&lt;b&gt;")
        .doesNotContain("<b>");
    assertThat(new HtmlReport().render(SampleRun.chain(), gallery()))
        .doesNotContain("Targets</h2>");
  }

  @Test
  void writesASheetWithEveryPicture() throws IOException {
    ExampleSheet.write(gallery(), folder);

    BufferedImage sheet = ImageIO.read(folder.resolve("targets/l2.png").toFile());
    assertThat(count(sheet, 0xFFFFFF)).as("paper and the white clean image").isPositive();
    // 0.5 is 127.5 levels, which the 8-bit grid rounds to 128.
    assertThat(count(sheet, 0x808080)).as("the example, 56 x 56").isEqualTo(56 * 56);
    int ink = count(sheet, 0x1F2328);
    assertThat(ink).as("numbers").isPositive();
    // Columns 0, 1, 2 and line 0, then 1.23: dots of 2 x 2 pixels.
    int dots = 12 + 8 + 11 + 12 + 8 + 1 + 11 + 10;
    assertThat(ink).isEqualTo(4 * dots);
  }

  @Test
  void writesNoSheetWithoutExamples() throws IOException {
    ExampleSheet.write(new Gallery(SHAPE, List.of(), List.of()), folder);
    ExampleSheet.write(
        new Gallery(
            SHAPE,
            List.of(),
            List.of(),
            List.of(new ExampleMatrix("l2", "l2", List.of(0, 1), List.of()))),
        folder);

    assertThat(Files.exists(folder.resolve("targets"))).isFalse();
  }

  private static int count(BufferedImage sheet, int colour) {
    int count = 0;
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        count += (sheet.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
