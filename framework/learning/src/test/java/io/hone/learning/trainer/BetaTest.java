package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.hone.learning.trainer.TransformationLesson.Weights;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BetaTest {
  @Test
  void isTheBoundOfFormulaThreeWhereItIsNotGiven() {
    // The published network: distance .228 and class term 14.67 give .0153.
    Weights weights = new Beta(Optional.empty()).choose(0.228, 14.67);
    assertThat(weights.ofPrediction()).isEqualTo(0.228 / (0.228 + 14.67));
    assertThat(weights.ofDistance()).isEqualTo(1 - weights.ofPrediction());
    assertThat(weights.told()).contains("bounds beta by 0.0153").endsWith("beta is this bound");
    assertThat(weights.notes())
        .containsOnly(
            entry("beta", weights.ofPrediction()), entry("beta_bound", weights.ofPrediction()));
  }

  @Test
  void isToldToBeAboveTheBound() {
    Weights weights = new Beta(Optional.of(0.25)).choose(1, 4);
    assertThat(weights.ofPrediction()).isEqualTo(0.25);
    assertThat(weights.notes()).containsOnly(entry("beta", 0.25), entry("beta_bound", 0.2));
    assertThat(weights.told()).endsWith("beta is 0.25, which is above it");
    assertThat(new Beta(Optional.of(0.1)).choose(1, 4).told()).endsWith("beta is 0.1");
  }

  @Test
  void isZeroWhereNothingIsChangedAtAll() {
    assertThat(Beta.bound(0, 0)).isZero();
  }
}
