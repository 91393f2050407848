package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void aMatrixBecomesACurveForEachStep() {
    List<LineChart> charts = MatrixCharts.of(Entries.of(SampleRun.matrix().steps()));

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
    assertThat(threshold.series().get(0).segments()).hasSize(2);
  }

  @Test
  void epsilonsAreOrderedBySizeHoweverTheyAreWritten() {
    LineChart epsilon = MatrixCharts.of(Entries.of(SampleRun.matrix().steps())).get(1);

    List<LineChart.Point> points = epsilon.series().get(0).points();

    assertThat(points)
        .extracting(LineChart.Point::at)
        .containsExactly("8/255", "16/255", "0.1", "0.2", "0.3");
    assertThat(points.get(0).x()).isEqualTo("14.00%");
    assertThat(points.get(4).x()).isEqualTo("97.00%");
    assertThat(epsilon.ticks()).extracting(LineChart.Tick::label).contains("", "8/255", "0.3");
  }

  @Test
  void withoutAMatrixThereIsNoCurve() {
    assertThat(MatrixCharts.of(Entries.of(SampleRun.chainSteps()))).isEmpty();
  }
}
