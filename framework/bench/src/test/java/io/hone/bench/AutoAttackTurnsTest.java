package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.bench.robustness.Comparison;
import io.hone.bench.robustness.Evaluation;
import io.hone.bench.robustness.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoAttackTurnsTest {
  private static final Recording RECORDING =
      new Recording(
          "mnist-lenet5", "", "", "", 1, 250, "standard", "L2", 1.5, 2, List.of(), List.of());

  @Test
  void leavesTimesOutOfAComparisonWithARecording() {
    Comparison comparison =
        new Comparison(
            List.of(evaluation(3, "robust", "robust"), evaluation(2, "robust", "fab-t")),
            List.of(evaluation(9, "robust", "square")));
    assertThat(new AutoAttackTurns("digits", RECORDING, comparison, false).line())
        .isEqualTo("| digits | 1.5 | 2 | 2, 1 | 1 | +0.50 | at most 1 | 2.00 |  |  |  |");
  }

  @Test
  void dividesTheTimesOfTurns() {
    Comparison comparison =
        new Comparison(
            List.of(evaluation(2, "robust", "fab-t")),
            List.of(evaluation(9, "misclassified", "robust")));
    assertThat(new AutoAttackTurns("digits", RECORDING, comparison, true).line())
        .isEqualTo(
            "| digits | 1.5 | 2 | 1 | 1 | +0.00 (not the same model) | at most 1 | 2.00 | 9.00"
                + " | 4.50 | at least 3 |");
  }

  private static Evaluation evaluation(double seconds, String... endings) {
    return new Evaluation(0, seconds, List.of(endings));
  }
}
