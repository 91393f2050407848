package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.Gallery;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTableTest {
  private final List<Entry> entries = Entries.of(SampleRun.chainSteps());
  private final Gallery gallery = SampleRun.gallery(SampleRun.DIGIT);

  @Test
  void showsTheChainAndThenWhatChanged() {
    PictureTable finish = PictureTable.of(entries.get(4), new Drawing(gallery));

    assertThat(finish.lines())
        .extracting(PictureTable.Line::heading)
        .containsExactly(
            "clean", "fgsm", "learned", "finish", "learned \u2212 clean", "finish \u2212 clean");
    assertThat(finish.samples()).hasSize(7);
    assertThat(finish.samples().get(0)).isEqualTo(new PictureTable.Sample("1000", "9 \u2192 4"));
  }

  @Test
  void cleanImagesHaveNoDifference() {
    PictureTable clean = PictureTable.of(entries.get(0), new Drawing(gallery));

    assertThat(clean.lines()).extracting(PictureTable.Line::heading).containsExactly("clean");
  }

  @Test
  void tellsWhatBecameOfEachPrediction() {
    PictureTable recovered = PictureTable.of(entries.get(6), new Drawing(gallery));

    assertThat(recovered.lines().get(1).cells().get(0).orElseThrow())
        .extracting(Drawing.Picture::mark, Drawing.Picture::caption, Drawing.Picture::alternative)
        .containsExactly("\u25cf", "4", "Sample 1000, class 9, fgsm: predicted 4, goal met");
    assertThat(recovered.lines().get(2).cells().get(0).orElseThrow().mark()).isEqualTo("\u25cb");
    assertThat(recovered.lines().get(2).cells().get(3).orElseThrow().alternative())
        .endsWith("predicted 7, another class");
  }

  @Test
  void differencesCountTheirFeatures() {
    PictureTable greedy = PictureTable.of(entries.get(2), new Drawing(gallery));
    Gallery.Row first = gallery.rows().get(0);
    int features =
        Difference.between(
                first.pictures().get("clean").pixels(),
                first.pictures().get("greedy").pixels(),
                SampleRun.DIGIT)
            .features();

    PictureTable.Line difference = greedy.lines().get(4);

    assertThat(difference.note()).isEqualTo("difference, full colour at \u00b10.30");
    assertThat(difference.cells().get(0).orElseThrow().caption())
        .isEqualTo(Integer.toString(features));
  }

  @Test
  void namesOfClassesReplaceNumbers() {
    Gallery named =
        new Gallery(
            SampleRun.DIGIT,
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            gallery.rows());

    PictureTable fgsm = PictureTable.of(entries.get(1), new Drawing(named));

    assertThat(fgsm.samples().get(0).goal()).isEqualTo("nine \u2192 four");
    assertThat(fgsm.lines().get(1).cells().get(0).orElseThrow().caption()).isEqualTo("four");
  }

  @Test
  void theStripShowsTheSampleThatGotFarthest() {
    Strip strip = Strip.of(entries, new Drawing(gallery)).orElseThrow();

    assertThat(strip.sample()).isEqualTo("sample 1000, class 9 \u2192 4");
    assertThat(strip.stages())
        .extracting(stage -> stage.entry().name())
        .containsExactly(
            "clean", "fgsm", "greedy", "learned", "finish", "recover@finish", "recover@fgsm");
    assertThat(strip.stages().get(0).difference()).isEmpty();
    assertThat(strip.stages().stream().skip(1)).allMatch(stage -> stage.difference().isPresent());
  }

  @Test
  void withoutAnAttackThereIsNoStrip() {
    assertThat(Strip.of(entries.subList(0, 1), new Drawing(gallery))).isEmpty();
  }
}
