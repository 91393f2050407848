package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChartsTest {
  @Test
  void barsCompareAnAttackWithWhatWasMadeOfIt() {
    List<BarChart> charts = BarChart.of(Entries.of(SampleRun.chainSteps()));

    assertThat(charts)
        .extracting(BarChart::title)
        .containsExactly("Accuracy", "L0 before and after", "L2 before and after");
    BarChart l0 = charts.get(1);
    assertThat(l0.bars())
        .extracting(BarChart.Bar::name)
        .containsExactly("fgsm", "greedy", "learned", "finish");
    assertThat(l0.bars().get(0).width()).isEqualTo("100.00%");
    assertThat(l0.bars().get(1).width()).isEqualTo("13.80%");
    assertThat(l0.bars()).extracting(BarChart.Bar::samples).containsOnly("n\u00a0=\u00a0972");
    assertThat(l0.alternative())
        .isEqualTo("L0 before and after: fgsm 771.5, greedy 106.5, learned 168.9, finish 104.0");
  }

  @Test
  void accuracyIsShownWhereItSaysSomething() {
    assertThat(BarChart.of(Entries.of(SampleRun.chainSteps())).get(0).bars())
        .extracting(BarChart.Bar::name)
        .containsExactly("clean", "fgsm", "recover@finish", "recover@fgsm", "recover@clean");
  }

  @Test
  void barsOfRatesCarryTheirIntervals() {
    BarChart accuracy = BarChart.of(Entries.of(SampleRun.classes().steps())).get(0);

    BarChart.Bar fgsm = accuracy.bars().get(1);
    assertThat(fgsm.interval()).map(Interval::text).contains("4.0\u201316.0\u00a0%");
    assertThat(fgsm.samples()).isEqualTo("n\u00a0=\u00a01,000");
    assertThat(fgsm.words()).endsWith("(95 % interval 4.0 to 16.0\u00a0%)");
    assertThat(accuracy.bars().get(2).interval()).isEmpty();
  }

  @Test
  void whatIsDrawnAsACurveIsNoBarToo() {
    assertThat(BarChart.of(Entries.of(SampleRun.epsilonCurves().steps()))).isEmpty();
    assertThat(BarChart.of(Entries.of(SampleRun.matrix().steps())).get(0).bars())
        .extracting(BarChart.Bar::name)
        .containsExactly("clean", "fgsm");
  }

  @Test
  void aMatrixBecomesACurveForEachStep() {
    List<LineChart> charts = chartsOf(SampleRun.matrix());

    assertThat(charts)
        .extracting(LineChart::title)
        .containsExactly("learned of fgsm over threshold", "sweep of clean over epsilon");
    LineChart threshold = charts.get(0);
    assertThat(threshold.note()).isEqualTo("n\u00a0=\u00a0972 at each point");
    assertThat(threshold.series())
        .extracting(LineChart.Series::label)
        .containsExactly(
            "Reduced against the attack, L0",
            "Reduced against the attack, L2",
            "Kept at threshold, mean");
    assertThat(threshold.series().get(0).points())
        .extracting(point -> point.at() + " " + point.figure().value())
        .containsExactly("0.93 0.9121", "0.96 0.8433", "0.99 0.7377");
    assertThat(threshold.series().get(0).corners())
        .matches("0\\.00,[0-9.]+ 50\\.00,[0-9.]+ 100\\.00,[0-9.]+");
  }

  @Test
  void epsilonsAreOrderedBySizeHoweverTheyAreWritten() {
    LineChart epsilon = chartsOf(SampleRun.matrix()).get(1);

    List<LineChart.Point> points = epsilon.series().get(0).points();

    assertThat(points)
        .extracting(LineChart.Point::at)
        .containsExactly("8/255", "16/255", "0.1", "0.2", "0.3");
    assertThat(points.get(0).x()).isEqualTo("14.00%");
    assertThat(points.get(4).x()).isEqualTo("97.00%");
    assertThat(epsilon.axis()).isEqualTo("epsilon (logarithmic)");
    assertThat(epsilon.ticks())
        .extracting(LineChart.Tick::label)
        .containsExactly("8/255", "16/255", "0.1", "0.2", "0.3");
  }

  @Test
  void pointsOfRatesCarryTheirIntervals() {
    List<StepSummary> steps =
        SampleRun.epsilonCurves().steps().stream()
            .map(step -> step.with(SampleRun.statistics(List.of("accuracy"), 2, 20)))
            .toList();

    List<LineChart> charts = MatrixCharts.of(Entries.of(steps));

    LineChart.Point accuracy = charts.get(1).series().get(0).points().get(0);
    assertThat(accuracy.interval()).map(Interval::text).contains("44.0\u201356.0\u00a0%");
    assertThat(accuracy.words()).contains("(95 % interval 44.0 to 56.0\u00a0%) at 4/255");
    assertThat(Double.parseDouble(accuracy.low()))
        .isGreaterThan(Double.parseDouble(accuracy.high()));
    assertThat(charts.get(0).series().get(0).points().get(0).interval()).isEmpty();
  }

  @Test
  void marksPointsThatCannotBeTrusted() {
    List<StepSummary> steps = new ArrayList<>(SampleRun.matrix().steps());
    steps.replaceAll(step -> step.name().contains("0.3") ? SampleRun.distrusted(step) : step);

    LineChart epsilon = MatrixCharts.of(Entries.of(steps)).get(1);

    assertThat(epsilon.series().get(0).points())
        .extracting(LineChart.Point::doubtful)
        .containsExactly(false, false, false, false, true);
    assertThat(epsilon.alternative()).contains(" at 0.2, ", " at 0.3 (cannot be trusted)");
  }

  @Test
  void theRadiusThatAnAttackDeclaresIsDrawnOver() {
    List<StepSummary> steps = new ArrayList<>(SampleRun.chainSteps().subList(0, 1));
    for (int reach = 1; reach <= 2; reach++) {
      for (int epsilon = 1; epsilon <= 3; epsilon++) {
        steps.add(SampleRun.within("reach", Map.of("reach", reach, "epsilon", epsilon)));
      }
    }

    assertThat(MatrixCharts.of(Entries.of(steps)))
        .isNotEmpty()
        .allMatch(chart -> chart.axis().startsWith("reach, L"));
  }

  @Test
  void combinationsOfAttacksAreNotCalledAttacksOnThem() {
    List<StepSummary> steps = new ArrayList<>(SampleRun.chainSteps().subList(0, 1));
    for (String card : List.of("a", "b")) {
      for (String epsilon : List.of("0.1", "0.2")) {
        steps.add(SampleRun.combination(Map.of("card", card, "epsilon", epsilon), "fgsm", "pgd"));
      }
    }

    assertThat(MatrixCharts.of(Entries.of(steps)))
        .extracting(LineChart::title)
        .containsExactly(
            "Success rate of combinations of fgsm, pgd over epsilon",
            "Accuracy under combinations of fgsm, pgd over epsilon");
  }

  @Test
  void withoutAMatrixThereIsNoCurve() {
    assertThat(chartsOf(SampleRun.chain())).isEmpty();
  }

  @Test
  void attacksShareAChartWithALineEach() {
    List<LineChart> charts = chartsOf(SampleRun.epsilonCurves());

    assertThat(charts)
        .extracting(LineChart::title)
        .containsExactly(
            "Success rate of attacks on clean over epsilon",
            "Accuracy under attacks on clean over epsilon",
            "pgd-l2 of clean over epsilon");
    LineChart success = charts.get(0);
    assertThat(success.axis()).isEqualTo("epsilon, L\u221e (logarithmic)");
    assertThat(success.note()).isEqualTo("n\u00a0=\u00a0197 attempted at each point");
    assertThat(success.series())
        .extracting(LineChart.Series::label, LineChart.Series::style, LineChart.Series::dash)
        .containsExactly(
            tuple("fgsm", 0, 0),
            tuple("fgsm, on 8 bits", 0, 1),
            tuple("pgd", 1, 0),
            tuple("pgd, on 8 bits", 1, 1));
    assertThat(success.ticks())
        .extracting(LineChart.Tick::label)
        .containsExactly("4/255", "8px", "16px", "0.125", "64/255");
    assertThat(success.series().get(2).points())
        .extracting(LineChart.Point::at)
        .containsExactly("4/255", "8/255", "16/255", "64/255");
    assertThat(charts.get(1).note()).isEqualTo("n\u00a0=\u00a0200 at each point");
    LineChart euclidean = charts.get(2);
    assertThat(euclidean.axis()).isEqualTo("epsilon, L2");
    assertThat(euclidean.note())
        .isEqualTo(
            "n\u00a0=\u00a0197 attempted at each point, accuracy over all, n\u00a0=\u00a0200");
    assertThat(euclidean.series())
        .extracting(LineChart.Series::label)
        .containsExactly("Success rate", "Success rate on 8 bits", "Accuracy");
  }

  @Test
  void improversOfOneAttackShareAChartOverTheirQueries() {
    List<LineChart> charts = RestorationCharts.of(Entries.of(SampleRun.improvers().steps()));

    assertThat(charts).hasSize(1);
    LineChart chart = charts.get(0);
    assertThat(chart.title())
        .isEqualTo("What improvers of fgsm restored of its features over their queries");
    assertThat(chart.axis()).isEqualTo("queries of the chain (logarithmic)");
    assertThat(chart.note()).isEqualTo("n\u00a0=\u00a0972");
    assertThat(chart.series())
        .extracting(LineChart.Series::label, LineChart.Series::style, LineChart.Series::dash)
        .containsExactlyInAnyOrder(
            tuple("greedy", 0, 0), tuple("learned", 1, 0), tuple("learned \u2192 finish", 2, 0));
    assertThat(line(chart, "greedy"))
        .containsExactly("1 0.0", "2 0.01", "4 0.03", "64 0.61", "256 0.8621");
    assertThat(line(chart, "learned \u2192 finish"))
        .as("begins where it leaves the line of its input")
        .containsExactly("4 0.7812", "64 0.8653");
    assertThat(chart.alternative()).contains("greedy: 0.0\u00a0% at 1, 1.0\u00a0% at 2");
  }

  private static List<String> line(LineChart chart, String label) {
    return chart.series().stream()
        .filter(series -> series.label().equals(label))
        .flatMap(series -> series.points().stream())
        .map(point -> point.at() + " " + point.figure().value())
        .toList();
  }

  @Test
  void manyImproversGoOnInLinesOfOtherDashesAndThenInAnotherChart() {
    List<StepSummary> steps = new ArrayList<>(SampleRun.improvers().steps().subList(0, 2));
    for (int index = 0; index < 22; index++) {
      StepSummary improver =
          SampleRun.step(
              "improver-" + index,
              "fgsm",
              "improve",
              "greedy",
              972,
              972,
              Map.of("restored_after", SampleRun.ordered("1", 0.0, "2", 0.05 * index)));
      steps.add(improver);
    }
    List<LineChart> charts = RestorationCharts.of(Entries.of(steps));
    assertThat(charts).extracting(chart -> chart.series().size()).containsExactly(20, 2);
    assertThat(charts.get(0).series())
        .extracting(LineChart.Series::style, LineChart.Series::dash)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatImproversRestoredHasATableOfItsOwn() {
    Entry greedy =
        Entries.of(SampleRun.improvers().steps()).stream()
            .filter(entry -> entry.name().equals("greedy"))
            .findFirst()
            .orElseThrow();
    List<FigureTable> tables = FigureTable.of(greedy);
    FigureTable restored = tables.get(tables.size() - 1);
    assertThat(restored.caption()).isEqualTo("Features restored along the chain after");
    assertThat(restored.rows())
        .extracting(
            row -> row.label() + ": " + row.cells().get(0).map(Figure::text).orElse("nothing"))
        .startsWith("1 query: 0.0\u00a0%", "2 queries: 1.0\u00a0%");
    assertThat(tables.get(0).rows())
        .extracting(FigureTable.Row::path)
        .noneMatch(path -> path.startsWith("restored_after"));
    assertThat(new HtmlReport().render(SampleRun.improvers(), SampleRun.gallery(SampleRun.DIGIT)))
        .contains("What improvers of fgsm restored");
  }

  @Test
  void theAxisIsLogarithmicWhereThatSetsTheValuesApart() {
    assertThat(scale(0.02, 0.05, 0.1, 0.2, 0.3).logarithmic()).isTrue();
    assertThat(scale(1 / 255.0, 2 / 255.0, 4 / 255.0, 8 / 255.0).logarithmic()).isTrue();
    assertThat(scale(0.1, 0.2, 0.3).logarithmic()).isFalse();
    assertThat(scale(0.93, 0.96, 0.99).logarithmic()).isFalse();
    assertThat(scale(0.0, 0.01, 0.1, 1.0).logarithmic()).isFalse();
    assertThat(scale(0.1, 0.2).logarithmic()).isFalse();
    assertThat(scale(0.01, 0.1, 1.0).place(0.1)).isCloseTo(0.5, within(1e-12));
    assertThat(scale(1.0, 2.0, 3.0).place(2)).isEqualTo(0.5);
  }

  private static Scale scale(Double... values) {
    return Scale.of(new TreeSet<>(List.of(values)));
  }

  private static List<LineChart> chartsOf(Summary summary) {
    return MatrixCharts.of(Entries.of(summary.steps()));
  }
}
