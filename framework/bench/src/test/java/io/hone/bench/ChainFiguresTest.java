package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.StepSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainFiguresTest {
  @Test
  void countsTheGuessAndOneQueryOfAPerfectOne() {
    ChainFigures figures = ChainFigures.of(steps(4));
    assertThat(figures.examples()).isEqualTo(8);
    assertThat(figures.greedy()).isEqualTo(new ChainFigures.Chain(70, 200, 4));
    assertThat(figures.learned()).isEqualTo(new ChainFigures.Chain(60, 102, 3));
    assertThat(figures.perfect()).isEqualTo(new ChainFigures.Chain(69, 51, 1));
  }

  @Test
  void standsAtTheMedianTime() {
    List<String> table =
        ChainFigures.table(
            List.of(
                ChainFigures.of(steps(40)), ChainFigures.of(steps(6)), ChainFigures.of(steps(2))));
    assertThat(table)
        .containsExactly(
            "| chain, 8 examples | L0 left | queries | s | fewer queries | faster |",
            "|---|---:|---:|---:|---:|---:|",
            "| greedy | 70.0 | 200.0 | 6.00 | 1.00 x | 1.00 x |",
            "| autoencoder + greedy | 60.0 | 102.0 | 3.00 | 1.96 x | 2.00 x |",
            "| perfect guess + greedy | 69.0 | 51.0 | 1.00 | 3.92 x | 6.00 x |");
  }

  private static List<StepSummary> steps(double seconds) {
    return List.of(
        step("greedy", 70, 200, 0, seconds),
        step("guess", 170, 1, 1, 0.5),
        step("learned", 60, 100, 0, 2.5),
        step("perfect", 69, 50, 0, 1));
  }

  private static StepSummary step(
      String id, double left, double forward, double gradient, double seconds) {
    Map<String, Object> metrics =
        Map.of(
            "l0",
            Map.of("mean", left),
            "queries",
            Map.of("forward", forward, "gradient", gradient),
            "seconds",
            seconds);
    return new StepSummary(
        id, id, "attack", "improve", "greedy", "", Map.of(), 10, 8, Map.of(), metrics);
  }
}
