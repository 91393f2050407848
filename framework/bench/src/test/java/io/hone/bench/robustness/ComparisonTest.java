package io.hone.bench.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Evaluation ALL_LEFT = evaluation("misclassified", "robust", "robust");
  private static final Evaluation ONE_LEFT = evaluation("misclassified", "apgd-ce", "robust");
  private static final Evaluation NONE_LEFT = evaluation("misclassified", "apgd-ce", "square");

  @Test
  void comparesTheMeansOverSeeds() {
    Comparison comparison =
        new Comparison(List.of(ALL_LEFT, ONE_LEFT), List.of(NONE_LEFT, ONE_LEFT, NONE_LEFT));
    assertThat(comparison.surplus()).isEqualTo(1.5 - 1.0 / 3);
    assertThat(comparison.endings())
        .containsExactly(
            "| ended by | Hone, images | AutoAttack, images |",
            "|---|---:|---:|",
            "| apgd-ce | 0.5 | 1.0 |",
            "| misclassified | 1.0 | 1.0 |",
            "| robust | 1.5 | 0.3 |",
            "| square | 0.0 | 0.7 |");
  }

  @Test
  void namesTheImagesThatAreRobustInSomeEvaluationsOnly() {
    Comparison comparison = new Comparison(List.of(ONE_LEFT, ONE_LEFT), List.of(NONE_LEFT));
    assertThat(comparison.disputed()).containsExactly(2);
    assertThat(comparison.disputes()).endsWith("| 2 | robust, robust | square |").hasSize(3);
    assertThat(new Comparison(List.of(NONE_LEFT), List.of(ALL_LEFT)).disputed())
        .containsExactly(1, 2);
    assertThat(new Comparison(List.of(ONE_LEFT), List.of(ONE_LEFT)).disputes()).isEmpty();
  }

  @Test
  void noticesAnotherModel() {
    Evaluation other = evaluation("robust", "robust", "robust");
    assertThat(new Comparison(List.of(ALL_LEFT), List.of(NONE_LEFT)).sameModel()).isTrue();
    assertThat(new Comparison(List.of(ALL_LEFT), List.of(other)).sameModel()).isFalse();
  }

  private static Evaluation evaluation(String... endings) {
    return new Evaluation(0, 1, List.of(endings));
  }
}
