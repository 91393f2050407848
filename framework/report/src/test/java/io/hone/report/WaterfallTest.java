package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.engine.results.StageSummary;
import io.hone.engine.results.StepSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaterfallTest {
  private static StageSummary stage(String name, long attempted, long broken, double left) {
    return new StageSummary(
        name, "pgd", Map.of(), attempted, broken, left, null, new StageSummary.Queries(1, 2));
  }

  private static StepSummary step(String name, String of, String kind, double accuracy) {
    return new StepSummary(
        name,
        name,
        of,
        kind,
        "auto-attack",
        "linf",
        Map.of(),
        50,
        45,
        Map.of(),
        Map.of("accuracy", accuracy));
  }

  private static List<StepSummary> steps() {
    return List.of(
        step("clean", "", "clean", 0.9),
        step("aa", "clean", "attack", 0.24)
            .with(List.of(stage("apgd-ce", 45, 30, 0.3), stage("square", 15, 3, 0.24))),
        step("pgd", "clean", "attack", 0.4));
  }

  @Test
  void beginsWithTheCleanImagesAndFallsStageByStage() {
    List<Waterfall> charts = Waterfall.of(Entries.of(steps()));

    assertThat(charts).hasSize(1);
    Waterfall chart = charts.get(0);
    assertThat(chart.bars())
        .extracting(Waterfall.Bar::words)
        .containsExactly("clean images 90.0\u00a0%", "apgd-ce 30.0\u00a0%", "square 24.0\u00a0%");
    assertThat(chart.bars())
        .extracting(Waterfall.Bar::leftWidth)
        .containsExactly("90.00%", "30.00%", "24.00%");
    assertThat(chart.bars())
        .extracting(Waterfall.Bar::lostWidth)
        .containsExactly("0.00%", "60.00%", "6.00%");
    assertThat(chart.bars().get(2).remark()).isEqualTo("broke\u00a03 of\u00a015");
    assertThat(chart.alternative()).startsWith("Robust accuracy of aa, stage by stage: clean");
    assertThat(chart.height()).isEqualTo(120);
  }

  @Test
  void isPartOfTheReport() {
    String page =
        new HtmlReport()
            .render(
                SampleRun.summary("stages", "completed", null, steps()),
                SampleRun.gallery(new ImageShape(1, 2, 2)));

    assertThat(page)
        .contains("Robust accuracy of aa, stage by stage", "broke\u00a030", "broken by the stage");
  }
}
