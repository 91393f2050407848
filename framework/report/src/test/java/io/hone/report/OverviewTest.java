package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverviewTest {
  @Test
  void showsOnlyFiguresThatExist() {
    List<Entry> clean =
        Entries.of(
            List.of(SampleRun.step("clean", null, "clean", "", 5, 5, Map.of("accuracy", 0.8))));

    Overview overview = Overview.of(clean);

    assertThat(overview.groups()).extracting(Overview.Group::label).containsExactly("Judged");
    assertThat(overview.columns())
        .containsExactly(new Overview.Column("Accuracy", "accuracy", true));
    assertThat(overview.rows()).singleElement().extracting(Overview.Row::samples).isEqualTo("5");
  }

  @Test
  void groupsSpanTheirColumnsAndRowsFillThem() {
    Overview overview = Overview.of(Entries.of(SampleRun.chainSteps()));

    assertThat(overview.groups().stream().mapToInt(Overview.Group::span).sum())
        .isEqualTo(overview.columns().size());
    assertThat(overview.rows())
        .hasSize(8)
        .allMatch(row -> row.cells().size() == overview.columns().size());
    assertThat(overview.rows().get(2).cells().stream().flatMap(cell -> cell.figure().stream()))
        .contains(
            new Figure("l0.mean", 106.47),
            new Figure("reduction_rate.l0", 0.8621),
            new Figure("queries.forward", 198.3));
  }

  @Test
  void theBestFiguresStandAtTheTop() {
    assertThat(Highlight.of(Entries.of(SampleRun.chainSteps())))
        .extracting(highlight -> highlight.entry().name() + " " + highlight.figure().text())
        .containsExactly(
            "clean 98.5\u00a0%",
            "fgsm 97.8\u00a0%", "finish 86.5\u00a0%", "recover@finish 97.9\u00a0%");
  }

  @Test
  void allFiguresOfAnEntryAreInItsTables() {
    Entry greedy = Entries.of(SampleRun.chainSteps()).get(2);

    List<FigureTable> tables = FigureTable.of(greedy);

    assertThat(
            tables.stream()
                .flatMap(table -> table.rows().stream())
                .flatMap(row -> row.cells().stream())
                .flatMap(cell -> cell.stream()))
        .containsExactlyInAnyOrderElementsOf(
            greedy.summary().metrics().entrySet().stream()
                .flatMap(metric -> Figure.all(metric.getKey(), metric.getValue()).stream())
                .toList());
    assertThat(tables)
        .extracting(FigureTable::caption)
        .containsExactly("Figures", "Distance to clean over 972 successes");
    assertThat(tables.get(1).columns()).containsExactly("mean", "median", "max");
    assertThat(tables.get(0).rows().get(0).path()).isEqualTo("success_rate");
  }

  @Test
  void ratesHaveATableWithTheirIntervals() {
    Entry fgsm = Entries.of(SampleRun.classes().steps()).get(1);

    FigureTable rates = FigureTable.of(fgsm).get(0);

    assertThat(rates.columns()).containsExactly("Value", "Low", "High", "Samples");
    assertThat(rates.rows())
        .extracting(FigureTable.Row::path)
        .containsExactly("success_rate", "accuracy");
    assertThat(rates.rows().get(1).cells().stream().flatMap(Optional::stream))
        .extracting(Figure::text)
        .containsExactly("2.1\u00a0%", "4.0\u00a0%", "16.0\u00a0%", "1,000");
    assertThat(FigureTable.of(fgsm).get(1).rows())
        .extracting(FigureTable.Row::path)
        .contains("success_rate_8bit", "seconds")
        .doesNotContain("accuracy");
  }

  @Test
  void theOverviewTellsTheIntervalOfARate() {
    Overview overview = Overview.of(Entries.of(SampleRun.classes().steps()));

    assertThat(overview.rows().get(1).cells())
        .filteredOn(cell -> cell.column().path().equals("accuracy"))
        .singleElement()
        .extracting(cell -> cell.interval().map(Interval::text))
        .isEqualTo(Optional.of("4.0\u201316.0\u00a0%"));
  }
}
