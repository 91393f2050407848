package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hone.api.model.ModelCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingReportTest {
  private final TrainingReport report = new TrainingReport();

  @Test
  void writesOneFileThatTellsOfTheTraining(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("training.html");

    report.write(SampleTraining.card("hardened", 20, 6), SampleTraining.epochs(8), file);

    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    String page = Files.readString(file);
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<title>hardened – Hone training</title>", "Content-Security-Policy")
        .contains("adversarial-training", "stopped early", "after 8 of 20 epochs", "54,000")
        .contains("theirs, weights kept", "<dd>pgd</dd>", "<dd>onnxruntime</dd>", "<dd>mnist</dd>")
        .contains("architecture: lenet5", "epsilon: 0.1", "only: [last]", "take: 2000")
        .contains("Dense 10 -&gt; 10x1x1", "best_epoch: 6.0", "targets:");
    assertThat(page)
        .doesNotContain("<script", "@import", "url(", "http://", "https://")
        .doesNotContain("null", "Optional");
  }

  @Test
  void theTilesTellOfTheBestEpoch() {
    TrainingPage page = page(20, 6, 8);

    assertThat(page.tiles())
        .extracting(TrainingPage.Tile::label, tile -> tile.figure().text())
        .containsExactly(
            tuple("Test accuracy", "99.3\u00a0%"),
            tuple("Training loss", "0.417"),
            tuple("Validation loss", "0.375"),
            tuple("Validation accuracy", "91.7\u00a0%"),
            tuple("Validation robust accuracy", "79.2\u00a0%"));
    assertThat(page.tiles()).last().extracting(TrainingPage.Tile::note).isEqualTo("best epoch, 6");
  }

  @Test
  void everyFigureOfEveryEpochIsInTheTable() {
    List<Map<String, Double>> epochs = SampleTraining.epochs(200);
    epochs.get(6).remove("validation_loss");

    TrainingPage page =
        TrainingPage.of(SampleTraining.card("long", 200, 150), epochs, Templates.style());

    assertThat(page.columns())
        .containsExactly(
            "Training loss",
            "Training cross entropy",
            "Training robustness",
            "Validation loss",
            "Validation accuracy",
            "Validation robust accuracy");
    assertThat(page.rows()).hasSize(200);
    assertThat(page.rows().get(6).cells().get(3)).isEmpty();
    assertThat(page.rows().stream().filter(TrainingPage.Row::best))
        .extracting(TrainingPage.Row::epoch)
        .containsExactly(150);
    String text = report.render(SampleTraining.card("long", 200, 150), epochs);
    for (Map<String, Double> epoch : epochs) {
      epoch.values().forEach(value -> assertThat(text).contains("<data value=\"" + value + "\">"));
    }
  }

  @Test
  void lossesAndSharesHaveChartsOfTheirOwn() {
    List<LineChart> charts = page(8, 6, 8).charts();

    assertThat(charts)
        .extracting(LineChart::title)
        .containsExactly("Losses by epoch, on a logarithmic axis", "Shares by epoch");
    LineChart losses = charts.get(0);
    assertThat(losses.series())
        .extracting(LineChart.Series::label)
        .containsExactly(
            "Training loss", "Training cross entropy", "Training robustness", "Validation loss");
    assertThat(losses.alternative())
        .contains("Training loss: 2.50 at epoch 1, 1.25 at epoch 2", "0.312 at epoch 8");
    assertThat(charts.get(1).grid()).hasSize(5);
    assertThat(charts)
        .extracting(chart -> chart.mark().orElseThrow())
        .containsOnly(new LineChart.Mark(5 / 7.0, "Best epoch, 6"));
    assertThat(losses.ticks())
        .extracting(LineChart.Tick::label)
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
  }

  @Test
  void lossesWithinADecadeHaveALinearAxis() {
    LineChart losses = EpochCharts.of(history(SampleTraining.epochs(2), 2)).get(0);

    assertThat(losses.upright().logarithmic()).isFalse();
    assertThat(losses.title()).isEqualTo("Losses by epoch");
  }

  @Test
  void manyEpochsHaveFewMarkersButEveryCorner() {
    LineChart losses = page(200, 137, 200).charts().get(0);
    LineChart.Series line = losses.series().get(0);

    assertThat(line.points()).hasSize(200);
    assertThat(line.corners().split(" ")).hasSize(200);
    assertThat(line.marked())
        .extracting(LineChart.Point::at)
        .containsExactly("epoch 1", "epoch 50", "epoch 100", "epoch 137", "epoch 150", "epoch 200");
    assertThat(losses.ticks())
        .extracting(LineChart.Tick::label)
        .containsExactly("1", "50", "100", "150", "200");
    assertThat(
            size(report.render(SampleTraining.card("long", 200, 137), SampleTraining.epochs(200))))
        .isLessThan(200_000);
  }

  @Test
  void aFigureOfFewEpochsKeepsItsMarkers() {
    List<Map<String, Double>> epochs = SampleTraining.epochs(100);
    for (int epoch = 0; epoch < 100; epoch++) {
      if (epoch % 33 != 0) {
        epochs.get(epoch).remove("validation_robust_accuracy");
      }
    }
    LineChart shares = EpochCharts.of(history(epochs, 100)).get(1);

    assertThat(shares.series().get(1).marked())
        .extracting(LineChart.Point::at)
        .containsExactly("epoch 1", "epoch 34", "epoch 67", "epoch 100");
  }

  @Test
  void oneEpochIsAPageToo() {
    TrainingPage page = page(1, 1, 1);

    assertThat(page.ending())
        .isEqualTo(new TrainingPage.Ending("finished", false, "after 1 of 1 epoch"));
    assertThat(page.rows()).hasSize(1);
    assertThat(page.charts()).hasSize(2);
    assertThat(page.charts().get(0).mark().orElseThrow().place()).isEqualTo(0.5);
    assertThat(page.charts().get(0).series().get(0).corners()).startsWith("50.00,");
  }

  @Test
  void anEmptyHistoryHasNoPage(@TempDir Path folder) {
    Path file = folder.resolve("training.html");

    assertThatThrownBy(() -> report.write(SampleTraining.card("a", 1, 1), List.of(), file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).isEmptyDirectory();
  }

  /** A trainer of a plugin gives what it likes, and its card may say nothing. */
  @Test
  void whatIsMissingIsLeftOut() {
    ModelCard silent = SampleTraining.card("silent", Map.of("component", "theirs"));

    TrainingPage page =
        TrainingPage.of(silent, List.of(Map.of("learning_rate", 0.1)), Templates.style());

    assertThat(page.charts()).isEmpty();
    assertThat(page.facts())
        .extracting(TrainingPage.Fact::term)
        .containsExactly("Trainer", "Ended");
    assertThat(page.ending().text()).isEqualTo("after 1 epoch");
    assertThat(page.tiles()).extracting(TrainingPage.Tile::note).containsExactly("last epoch, 1");
    assertThat(page.tiles().get(0).figure().text()).isEqualTo("0.100");
    assertThat(page.parts()).isEmpty();
    assertThat(report.render(silent, List.of(Map.of())))
        .contains("<h2>Epochs</h2>")
        .doesNotContain("<h2>Curves</h2>", "Key figures");
  }

  @Test
  void aBestEpochThatIsNoneIsNotMarked() {
    for (double best : new double[] {0, 9, -1, Double.NaN, 1e18}) {
      assertThat(EpochHistory.of(SampleTraining.epochs(8), Optional.of(best)).best()).isEmpty();
    }
  }

  @Test
  void lossesThatAreNoNumbersAreToldButNotDrawn() {
    List<Map<String, Double>> epochs = SampleTraining.epochs(4);
    epochs.get(1).put("training_loss", Double.NaN);
    epochs.get(2).put("training_loss", Double.POSITIVE_INFINITY);
    epochs.get(3).put("training_loss", 1e300);
    epochs.forEach(epoch -> epoch.put("validation_accuracy", Double.NaN));

    TrainingPage page =
        TrainingPage.of(SampleTraining.card("wild", 4, 1), epochs, Templates.style());

    assertThat(page.charts().get(0).series().get(0).points())
        .extracting(LineChart.Point::at)
        .containsExactly("epoch 1");
    assertThat(page.charts().get(1).series())
        .extracting(LineChart.Series::label)
        .containsExactly("Validation robust accuracy");
    assertThat(page.rows().get(1).cells().get(0).orElseThrow().text()).isEqualTo("not a number");
    assertThat(page.charts().get(0).series())
        .allSatisfy(line -> assertThat(line.corners()).doesNotContain("NaN", "Infinity"));
  }

  @Test
  void manyFiguresGoOnInAnotherChart() {
    Map<String, Double> epoch = new TreeMap<>();
    for (int part = 0; part < 22; part++) {
      epoch.put("training_part_" + part, 1.0 + part);
    }
    List<LineChart> charts = EpochCharts.of(history(List.of(epoch), 1));

    assertThat(charts).extracting(chart -> chart.series().size()).containsExactly(20, 2);
    assertThat(charts.get(0).series())
        .extracting(LineChart.Series::style, LineChart.Series::dash)
        .doesNotHaveDuplicates();
  }

  @Test
  void escapesWhateverOthersName() {
    String nasty =
        "</style></title><script>window.hacked=1</script><img src=x onerror='hacked=1'>\"'&";
    Map<String, Object> training = new HashMap<>();
    for (String key : List.of("component", "engine", "scenario", "attack", "model", "layers")) {
      training.put(key, nasty);
    }
    training.put("parameters", Map.of(nasty, nasty));
    training.put("data", List.of(nasty));
    training.put(nasty, List.of(nasty));
    List<Map<String, Double>> epochs = new ArrayList<>(SampleTraining.epochs(2));
    epochs.get(0).put("training_" + nasty, 0.5);
    epochs.get(1).put(nasty + "accuracy", 0.5);

    String page = report.render(SampleTraining.card(nasty, training), epochs);

    assertThat(page).doesNotContain("<script", "<img src=x");
    assertThat(count(page, "</style>")).isOne();
    assertThat(page).contains("&lt;script&gt;window.hacked=1&lt;/script&gt;");
  }

  @Test
  void givesTheSameBytesWhateverTheOrderOfTheFigures() {
    List<Map<String, Double>> sorted = new ArrayList<>();
    SampleTraining.epochs(5).forEach(epoch -> sorted.add(new TreeMap<>(epoch)));
    ModelCard card = SampleTraining.card("same", 5, 5);

    assertThat(report.render(card, SampleTraining.epochs(5)))
        .isEqualTo(new TrainingReport().render(card, sorted));
  }

  @Test
  void leavesNothingWhereItCannotWrite(@TempDir Path folder) {
    Path missing = folder.resolve("missing").resolve("training.html");

    assertThatThrownBy(
            () -> report.write(SampleTraining.card("a", 1, 1), SampleTraining.epochs(1), missing))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder).isEmptyDirectory();
  }

  private static TrainingPage page(int planned, int best, int count) {
    return TrainingPage.of(
        SampleTraining.card("hardened", planned, best),
        SampleTraining.epochs(count),
        Templates.style());
  }

  private static EpochHistory history(List<Map<String, Double>> epochs, double best) {
    return EpochHistory.of(epochs, Optional.of(best));
  }

  private static int size(String page) {
    return page.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long count(String page, String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(page).results().count();
  }
}
